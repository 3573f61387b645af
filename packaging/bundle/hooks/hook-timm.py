"""Nothing is needed beside timm's modules."""

module_collection_mode = "pyz"
