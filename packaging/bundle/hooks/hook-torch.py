"""What torch needs beside its modules.

It stands in for the hook that comes with PyInstaller, which takes every file of torch along.
"""

from pathlib import Path

from PyInstaller.utils.hooks import (
    PY_DYLIB_PATTERNS,
    collect_data_files,
    collect_dynamic_libs,
    get_package_paths,
)

datas = collect_data_files("torch", includes=["**/*.json", "**/*.yaml", "**/*.jinja"])
binaries = collect_dynamic_libs("torch", search_patterns=[*PY_DYLIB_PATTERNS, "*.so.*"])
_folder = Path(get_package_paths("torch")[1])
binaries += [(str(file), "torch/bin") for file in _folder.glob("bin/torch_shm_manager*")]
bindepend_symlink_suppression = ["**/torch/lib/*.so*"]
module_collection_mode = "pyz"
