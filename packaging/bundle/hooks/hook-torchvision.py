"""Nothing is needed beside torchvision's modules: its compiled operators are not used."""

module_collection_mode = "pyz"
