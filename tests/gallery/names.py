"""Names of classes as people give them."""

SPECIES = (
    "Ackerhummel", "Baumweißling", "C-Falter", "Distelfalter", "Erdhummel", "Feuerwanze",
    "Goldlaufkäfer", "Hornisse", "Igelspinner", "Junikäfer", "Kohlweißling", "Landkärtchen",
    "Marienkäfer", "Nachtpfauenauge", "Ohrwurm", "Plattbauchlibelle", "Quelljungfer",
    "Rosenkäfer", "Schwalbenschwanz", "Taubenschwänzchen",
)  # fmt: skip
CHINESE = (
    "七星瓢虫", "菜粉蝶", "中华蜜蜂(Apis cerana cerana)", "红蜻", "中国扁蜻指名亚种", "螽斯",
)  # fmt: skip
PAIR = ("healthy", "infested by the spruce bark beetle")
