"""ROC and precision-recall curves."""
