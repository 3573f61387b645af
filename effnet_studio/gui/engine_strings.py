"""Texts of the engine for the translation tools; made by tests/check_translations.py."""

# ruff: noqa: E501
from __future__ import annotations

from effnet_studio.gui.i18n import QT_TRANSLATE_NOOP

ENGINE_STRINGS = (
    QT_TRANSLATE_NOOP(
        "engine", "16-bit numbers in the convolutions that gain from them, 32 bits elsewhere."
    ),
    QT_TRANSLATE_NOOP("engine", "32-bit numbers, as chosen."),
    QT_TRANSLATE_NOOP("engine", "32-bit numbers: shorter ones are not faster on this device."),
    QT_TRANSLATE_NOOP(
        "engine",
        "8-bit recipe {recipe}: {percent} % the same answers, {milliseconds} ms, {megabytes} MB.",
    ),
    QT_TRANSLATE_NOOP("engine", "A graphics card that PyTorch can use was found."),
    QT_TRANSLATE_NOOP("engine", "An image cannot be written as {suffix}."),
    QT_TRANSLATE_NOOP("engine", "A new project needs an empty folder; {path} is not."),
    QT_TRANSLATE_NOOP(
        "engine", "A sign-in page of the network may be in the way: open a web browser first."
    ),
    QT_TRANSLATE_NOOP("engine", "A usual value is 0.2."),
    QT_TRANSLATE_NOOP("engine", "AdamW adapts each weight's step; SGD uses Nesterov momentum."),
    QT_TRANSLATE_NOOP("engine", "Add images of it and import again."),
    QT_TRANSLATE_NOOP(
        "engine", "Add images to these classes, or remove their folders, and import again."
    ),
    QT_TRANSLATE_NOOP("engine", "An array of {dtype} with shape {shape} is no image."),
    QT_TRANSLATE_NOOP("engine", "An opacity of {value} is not possible."),
    QT_TRANSLATE_NOOP("engine", "Apple graphics processor"),
    QT_TRANSLATE_NOOP(
        "engine", "Architecture to fine-tune. B0 is small and quick; larger ones see finer detail."
    ),
    QT_TRANSLATE_NOOP("engine", "Ask for permission to read it and import again."),
    QT_TRANSLATE_NOOP("engine", "Ask for permission to read it."),
    QT_TRANSLATE_NOOP(
        "engine", "Ask for the plain weights: torch.save(model.state_dict(), …) or .safetensors."
    ),
    QT_TRANSLATE_NOOP("engine", "Augmentation"),
    QT_TRANSLATE_NOOP(
        "engine", "Auto uses 16-bit numbers where this computer is really faster with them."
    ),
    QT_TRANSLATE_NOOP("engine", "Batch size"),
    QT_TRANSLATE_NOOP("engine", "Before the crop, pixels."),
    QT_TRANSLATE_NOOP("engine", "Check its name and that its drive is connected."),
    QT_TRANSLATE_NOOP("engine", "Check that the copying was finished."),
    QT_TRANSLATE_NOOP(
        "engine", "Check that the drive is connected and that you may read the file."
    ),
    QT_TRANSLATE_NOOP("engine", "Check that the drive is connected and the folder still exists."),
    QT_TRANSLATE_NOOP("engine", "Check that the drive is connected, or import the folder again."),
    QT_TRANSLATE_NOOP("engine", "Check that the drive is there, has room and may be written to."),
    QT_TRANSLATE_NOOP("engine", "Check that the drive with the images is connected."),
    QT_TRANSLATE_NOOP(
        "engine", "Check the free space and your permission; the previous dataset is kept."
    ),
    QT_TRANSLATE_NOOP("engine", "Check the network, or choose a weights file, starter or none."),
    QT_TRANSLATE_NOOP(
        "engine", "Check the spelling; choose a project, a run or an exported .onnx file."
    ),
    QT_TRANSLATE_NOOP("engine", "Check this computer's clock, or ask who runs the network."),
    QT_TRANSLATE_NOOP("engine", "Choose a folder for the exported files."),
    QT_TRANSLATE_NOOP("engine", "Choose a folder inside the project's runs folder."),
    QT_TRANSLATE_NOOP("engine", "Choose a folder that holds a file named {file}."),
    QT_TRANSLATE_NOOP("engine", "Choose a folder with one sub-folder for each class."),
    QT_TRANSLATE_NOOP("engine", "Choose a folder you may write to."),
    QT_TRANSLATE_NOOP("engine", "Choose a name that ends in .png or .jpg."),
    QT_TRANSLATE_NOOP("engine", "Choose a new folder for the sample."),
    QT_TRANSLATE_NOOP("engine", "Choose a number between 0 (image only) and 1 (heat map only)."),
    QT_TRANSLATE_NOOP(
        "engine", "Choose a project (NAME.effnet), a folder inside its runs, or an .onnx file."
    ),
    QT_TRANSLATE_NOOP("engine", "Choose a project, a run or an exported .onnx file."),
    QT_TRANSLATE_NOOP(
        "engine", "Choose a project, a run, or a best.safetensors file inside a run."
    ),
    QT_TRANSLATE_NOOP("engine", "Choose a small model, a small batch or smaller images."),
    QT_TRANSLATE_NOOP(
        "engine",
        "Choose a smaller batch size or image size, or freeze more stages; the best model so far is kept.",
    ),
    QT_TRANSLATE_NOOP(
        "engine", "Choose another model, and please report this with the model's name."
    ),
    QT_TRANSLATE_NOOP("engine", "Choose another name."),
    QT_TRANSLATE_NOOP("engine", "Choose imagenet, none or a weights file."),
    QT_TRANSLATE_NOOP("engine", "Choose one of the model's stages."),
    QT_TRANSLATE_NOOP("engine", "Choose one of them: {names}."),
    QT_TRANSLATE_NOOP("engine", "Choose one of: auto, cpu, cuda, cuda:1, mps."),
    QT_TRANSLATE_NOOP("engine", "Choose one of: {names}."),
    QT_TRANSLATE_NOOP("engine", "Choose the project or the run it was exported from."),
    QT_TRANSLATE_NOOP("engine", "Close other programs, or choose a smaller model or image size."),
    QT_TRANSLATE_NOOP(
        "engine", "Close other programs, or choose a smaller model, batch or image size."
    ),
    QT_TRANSLATE_NOOP(
        "engine", "Close the other window or program that uses it and open it again."
    ),
    QT_TRANSLATE_NOOP("engine", "Computes on"),
    QT_TRANSLATE_NOOP(
        "engine", "Connect its drive or put it back, or import the images from a new place."
    ),
    QT_TRANSLATE_NOOP("engine", "Connect their drive, or import the folder from its new place."),
    QT_TRANSLATE_NOOP(
        "engine", "Connect to the network once, or choose a weights file (.pth, .safetensors)."
    ),
    QT_TRANSLATE_NOOP(
        "engine", "Decoded images cannot be kept ({reason}): every epoch opens the files again."
    ),
    QT_TRANSLATE_NOOP(
        "engine", "Delete this file and import the folder again; trained models are not concerned."
    ),
    QT_TRANSLATE_NOOP("engine", "Device"),
    QT_TRANSLATE_NOOP("engine", "Did you mean: {names}?"),
    QT_TRANSLATE_NOOP("engine", "Disk space for downloads"),
    QT_TRANSLATE_NOOP(
        "engine", "Do not rely on it where answers matter; export in the format onnx instead."
    ),
    QT_TRANSLATE_NOOP("engine", "Download or copy it again."),
    QT_TRANSLATE_NOOP("engine", "Downloaded weights"),
    QT_TRANSLATE_NOOP("engine", "Dropout"),
    QT_TRANSLATE_NOOP("engine", "EfficientNet and MobileNetV3 have them; or choose Grad-CAM."),
    QT_TRANSLATE_NOOP("engine", "Epochs"),
    QT_TRANSLATE_NOOP("engine", "Export the model again, or choose another file."),
    QT_TRANSLATE_NOOP("engine", "Export the model again."),
    QT_TRANSLATE_NOOP(
        "engine",
        "Files of this kind can run any program when they are opened, so this app never does. Choose a project, a run or an exported .onnx file.",
    ),
    QT_TRANSLATE_NOOP("engine", "Final learning rate"),
    QT_TRANSLATE_NOOP("engine", "Formats that are read: {formats}."),
    QT_TRANSLATE_NOOP("engine", "Free some space in {folder}."),
    QT_TRANSLATE_NOOP("engine", "Free some space on the project's drive to train faster."),
    QT_TRANSLATE_NOOP(
        "engine", "Free some space or choose another folder; nothing written before is lost."
    ),
    QT_TRANSLATE_NOOP("engine", "Free some space."),
    QT_TRANSLATE_NOOP("engine", "Frozen stages"),
    QT_TRANSLATE_NOOP("engine", "Frozen stages keep their random weights and learn nothing."),
    QT_TRANSLATE_NOOP("engine", "Give RGB pixels: uint8, shape (height, width, 3)."),
    QT_TRANSLATE_NOOP(
        "engine", "Give a .pth or .safetensors file, or auto, imagenet, starter or none."
    ),
    QT_TRANSLATE_NOOP(
        "engine", "Give each class a sub-folder with its images, such as cats/ and dogs/."
    ),
    QT_TRANSLATE_NOOP("engine", "Give more of the name: {runs}."),
    QT_TRANSLATE_NOOP(
        "engine",
        "How many stages, from the input on, keep what they know. More is faster and needs fewer images; less adapts better.",
    ),
    QT_TRANSLATE_NOOP("engine", "How often every training image is seen."),
    QT_TRANSLATE_NOOP(
        "engine", "How strongly training images are varied (crop, mirror, colour, RandAugment)."
    ),
    QT_TRANSLATE_NOOP("engine", "Image size"),
    QT_TRANSLATE_NOOP(
        "engine",
        "ImageNet weights: {model} has learned from 1.28 million photographs of 1,000 kinds of things (top-1 {top1:.1f} %).",
    ),
    QT_TRANSLATE_NOOP("engine", "Images per step."),
    QT_TRANSLATE_NOOP("engine", "Import a folder with one sub-folder for each class."),
    QT_TRANSLATE_NOOP("engine", "Import a folder with one sub-folder of images for each class."),
    QT_TRANSLATE_NOOP("engine", "Import the folder again if its images were moved or changed."),
    QT_TRANSLATE_NOOP(
        "engine", "Import the folder again with a larger share for it, or choose another part."
    ),
    QT_TRANSLATE_NOOP("engine", "Import the folder again with a share for validation."),
    QT_TRANSLATE_NOOP(
        "engine", "Import the folder again with a validation share above 0, such as 0.2."
    ),
    QT_TRANSLATE_NOOP("engine", "Input size"),
    QT_TRANSLATE_NOOP("engine", "Install a CUDA build of PyTorch; see the README."),
    QT_TRANSLATE_NOOP("engine", "Instant, Balanced or Best: presets fill in the rest."),
    QT_TRANSLATE_NOOP("engine", "Instruction sets"),
    QT_TRANSLATE_NOOP("engine", "It belongs to the operating system."),
    QT_TRANSLATE_NOOP("engine", "It is a link that leads nowhere."),
    QT_TRANSLATE_NOOP("engine", "It is an EffNet Studio project."),
    QT_TRANSLATE_NOOP("engine", "It is hidden."),
    QT_TRANSLATE_NOOP("engine", "It is not an image."),
    QT_TRANSLATE_NOOP("engine", "It is not an ordinary file."),
    QT_TRANSLATE_NOOP(
        "engine", "It knows: {names}. Choose a model that was trained on this project."
    ),
    QT_TRANSLATE_NOOP("engine", "It lies outside the class folders."),
    QT_TRANSLATE_NOOP("engine", "It lies outside the folders train, val and test."),
    QT_TRANSLATE_NOOP("engine", "It must begin with https:// or http://."),
    QT_TRANSLATE_NOOP(
        "engine",
        "It should take RGB images (n, 3, size, size) and give scores (n, classes); found: {found}.",
    ),
    QT_TRANSLATE_NOOP("engine", "It vanished while the folder was read."),
    QT_TRANSLATE_NOOP("engine", "Its best model can still be used; start a new training to go on."),
    QT_TRANSLATE_NOOP("engine", "Its classes are numbered 0 to {last}."),
    QT_TRANSLATE_NOOP("engine", "Its classes are: {names}."),
    QT_TRANSLATE_NOOP("engine", "Its other files are untouched; the other runs can still be used."),
    QT_TRANSLATE_NOOP("engine", "Its sub-folders look like classes: choose {path}."),
    QT_TRANSLATE_NOOP("engine", "Known settings: {names}."),
    QT_TRANSLATE_NOOP("engine", "Label smoothing"),
    QT_TRANSLATE_NOOP("engine", "Learning rate"),
    QT_TRANSLATE_NOOP("engine", "Leave the class out, or choose Grad-CAM."),
    QT_TRANSLATE_NOOP("engine", "Let it train for at least one epoch, or choose another run."),
    QT_TRANSLATE_NOOP("engine", "Loader threads"),
    QT_TRANSLATE_NOOP("engine", "MPS exists on Apple computers only."),
    QT_TRANSLATE_NOOP("engine", "MPS needs Apple silicon and macOS 14 or later."),
    QT_TRANSLATE_NOOP("engine", "MPS was asked for."),
    QT_TRANSLATE_NOOP("engine", "Make a new project from the same images; they are untouched."),
    QT_TRANSLATE_NOOP("engine", "Memory"),
    QT_TRANSLATE_NOOP("engine", "Mixed 16- and 32-bit numbers."),
    QT_TRANSLATE_NOOP("engine", "Model"),
    QT_TRANSLATE_NOOP("engine", "Momentum"),
    QT_TRANSLATE_NOOP("engine", "NVIDIA graphics card"),
    QT_TRANSLATE_NOOP("engine", "No NVIDIA driver was found."),
    QT_TRANSLATE_NOOP("engine", "No NVIDIA graphics card was found."),
    QT_TRANSLATE_NOOP("engine", "No image of the class {name} can be read."),
    QT_TRANSLATE_NOOP(
        "engine",
        "No pre-trained weights can be had ({reason}): {model} starts from nothing and will be far less exact on a small set of images.",
    ),
    QT_TRANSLATE_NOOP(
        "engine",
        "No pre-trained weights: the model starts from random numbers and knows nothing yet.",
    ),
    QT_TRANSLATE_NOOP("engine", "None of the images can be read any more."),
    QT_TRANSLATE_NOOP("engine", "None of the validation images can be read any more."),
    QT_TRANSLATE_NOOP("engine", "None of the {count} images can be read any more."),
    QT_TRANSLATE_NOOP(
        "engine", "None of the {count} images in {path} can be read; the first: {reason}"
    ),
    QT_TRANSLATE_NOOP("engine", "None of the {count} validation images can be read."),
    QT_TRANSLATE_NOOP("engine", "Nothing in {name} fits {model}."),
    QT_TRANSLATE_NOOP("engine", "Of SGD; AdamW does not use it."),
    QT_TRANSLATE_NOOP("engine", "Open it, or choose another name."),
    QT_TRANSLATE_NOOP("engine", "Open it, or choose the folder the images are in."),
    QT_TRANSLATE_NOOP("engine", "Optimizer"),
    QT_TRANSLATE_NOOP("engine", "Please report this with the model's name."),
    QT_TRANSLATE_NOOP("engine", "Precision"),
    QT_TRANSLATE_NOOP("engine", "Preset"),
    QT_TRANSLATE_NOOP("engine", "Processor"),
    QT_TRANSLATE_NOOP(
        "engine",
        "Pulls weights towards zero, against over-fitting; not applied to norms and biases.",
    ),
    QT_TRANSLATE_NOOP("engine", "PyTorch {version} cannot use the installed NVIDIA driver."),
    QT_TRANSLATE_NOOP("engine", "Python"),
    QT_TRANSLATE_NOOP("engine", "Run the set-up again: python3 packaging/bootstrap.py setup"),
    QT_TRANSLATE_NOOP("engine", "Same seed, same data, same run."),
    QT_TRANSLATE_NOOP("engine", "Save a smaller copy of it."),
    QT_TRANSLATE_NOOP(
        "engine", "Save them with torch.save(model.state_dict(), …) or as .safetensors."
    ),
    QT_TRANSLATE_NOOP("engine", "Seed"),
    QT_TRANSLATE_NOOP("engine", "Set the frozen stages to 0, or choose starting weights."),
    QT_TRANSLATE_NOOP("engine", "Several trainings begin with {run}."),
    QT_TRANSLATE_NOOP(
        "engine", "Share of certainty given to all classes alike, against over-confidence."
    ),
    QT_TRANSLATE_NOOP(
        "engine",
        "Share of the last features hidden at each step; empty: what the model was made with.",
    ),
    QT_TRANSLATE_NOOP("engine", "Short side"),
    QT_TRANSLATE_NOOP(
        "engine",
        "Side of the square the model sees; empty: what the model was made for. Smaller is faster, larger sees finer detail.",
    ),
    QT_TRANSLATE_NOOP("engine", "Side of the square, pixels."),
    QT_TRANSLATE_NOOP("engine", "Size of the steps at their largest. Halve it if the loss jumps."),
    QT_TRANSLATE_NOOP("engine", "Something unexpected happened: {reason}"),
    QT_TRANSLATE_NOOP("engine", "Start a new training with more epochs."),
    QT_TRANSLATE_NOOP("engine", "Start a new training; the best model of this run stays as it is."),
    QT_TRANSLATE_NOOP(
        "engine",
        "Starter backbone shipped with the app: {model} knows simple shapes and textures from small images. ImageNet weights are better when there is a network.",
    ),
    QT_TRANSLATE_NOOP("engine", "Starter backbones"),
    QT_TRANSLATE_NOOP("engine", "Starting weights"),
    QT_TRANSLATE_NOOP("engine", "System"),
    QT_TRANSLATE_NOOP("engine", "The CPU was asked for."),
    QT_TRANSLATE_NOOP("engine", "The class {name} has a single image; it cannot be validated."),
    QT_TRANSLATE_NOOP("engine", "The class {name} has no image to learn from."),
    QT_TRANSLATE_NOOP("engine", "The class {name} has no image to validate on."),
    QT_TRANSLATE_NOOP("engine", "The connection to {host} was cut after {size:.1f} MB: {reason}."),
    QT_TRANSLATE_NOOP("engine", "The content is not an image in a format that is read."),
    QT_TRANSLATE_NOOP("engine", "The content is not an image that can be read: {format}."),
    QT_TRANSLATE_NOOP("engine", "The disk is full: the download needs {size:.0f} MB more."),
    QT_TRANSLATE_NOOP("engine", "The disk is full: {path} could not be written."),
    QT_TRANSLATE_NOOP("engine", "The exported graph is not valid ONNX: {reason}."),
    QT_TRANSLATE_NOOP("engine", "The file cannot be read: {reason}."),
    QT_TRANSLATE_NOOP("engine", "The file does not exist."),
    QT_TRANSLATE_NOOP("engine", "The file from {url} is not the right one: its checksum differs."),
    QT_TRANSLATE_NOOP("engine", "The file is empty."),
    QT_TRANSLATE_NOOP("engine", "The file is probably of another architecture: choose that model."),
    QT_TRANSLATE_NOOP("engine", "The file is too large: {size} MB."),
    QT_TRANSLATE_NOOP("engine", "The file vanished: {reason}."),
    QT_TRANSLATE_NOOP("engine", "The folder cannot be read: {reason}."),
    QT_TRANSLATE_NOOP("engine", "The folder does not exist: {path}."),
    QT_TRANSLATE_NOOP("engine", "The folder of the images is not there any more: {folder}."),
    QT_TRANSLATE_NOOP("engine", "The folder {folder} is neither a project nor a training run."),
    QT_TRANSLATE_NOOP("engine", "The folder {name} has no images of a class."),
    QT_TRANSLATE_NOOP("engine", "The image is cut short: the end of the file is missing."),
    QT_TRANSLATE_NOOP("engine", "The image is damaged and cannot be decoded ({detail})."),
    QT_TRANSLATE_NOOP("engine", "The image is too large to be read."),
    QT_TRANSLATE_NOOP(
        "engine",
        "The image is too large: {width} × {height} pixels, at most {limit} million can be read.",
    ),
    QT_TRANSLATE_NOOP("engine", "The images are no longer where they were imported from."),
    QT_TRANSLATE_NOOP("engine", "The images have changed since the run {run} began."),
    QT_TRANSLATE_NOOP("engine", "The index {path} cannot be written or read: {reason}."),
    QT_TRANSLATE_NOOP("engine", "The index {path} is damaged: {reason}."),
    QT_TRANSLATE_NOOP("engine", "The index {path} is in use by another program."),
    QT_TRANSLATE_NOOP("engine", "The index {path} was made by a newer version."),
    QT_TRANSLATE_NOOP("engine", "The installed PyTorch {version} has no MPS."),
    QT_TRANSLATE_NOOP(
        "engine", "The layer {layer} gives no map that could be shown over an image."
    ),
    QT_TRANSLATE_NOOP("engine", "The model could not be written as ONNX."),
    QT_TRANSLATE_NOOP("engine", "The model could not be written as ONNX: {reason}."),
    QT_TRANSLATE_NOOP(
        "engine",
        "The model starts with random weights and learns everything from your images. Changed from the preset: {changes}.",
    ),
    QT_TRANSLATE_NOOP("engine", "The notes inside {name} are damaged: {reason}."),
    QT_TRANSLATE_NOOP("engine", "The notes inside {name} do not belong to its graph."),
    QT_TRANSLATE_NOOP("engine", "The project file {path} is damaged."),
    QT_TRANSLATE_NOOP(
        "engine", "The project folder cannot be written; it is open for reading only."
    ),
    QT_TRANSLATE_NOOP("engine", "The project is closed."),
    QT_TRANSLATE_NOOP("engine", "The project is in use by {owner}."),
    QT_TRANSLATE_NOOP("engine", "The project was opened for reading only."),
    QT_TRANSLATE_NOOP("engine", "The project {name} has no images yet."),
    QT_TRANSLATE_NOOP("engine", "The project {name} has no trained model yet."),
    QT_TRANSLATE_NOOP(
        "engine", "The project {path} was made by a newer version of EffNet Studio ({app})."
    ),
    QT_TRANSLATE_NOOP(
        "engine", "The rest starts from random numbers; is the file of this architecture?"
    ),
    QT_TRANSLATE_NOOP("engine", "The run {run} cannot be continued: its last state is damaged."),
    QT_TRANSLATE_NOOP("engine", "The run {run} cannot be read: {file} is damaged ({reason})."),
    QT_TRANSLATE_NOOP("engine", "The run {run} has no finished epoch yet."),
    QT_TRANSLATE_NOOP("engine", "The run {run} is finished; there is nothing left to train."),
    QT_TRANSLATE_NOOP("engine", "The run {run} was made by a newer version of the app."),
    QT_TRANSLATE_NOOP("engine", "The server sent another part of the file than was asked for."),
    QT_TRANSLATE_NOOP("engine", "The squeeze-and-excitation map does not depend on a class."),
    QT_TRANSLATE_NOOP("engine", "The system refused a file operation: {reason}."),
    QT_TRANSLATE_NOOP("engine", "The training that made it has failed; use another file."),
    QT_TRANSLATE_NOOP("engine", "The validation share must lie between 0 and 1; it is {value}."),
    QT_TRANSLATE_NOOP("engine", "The weights of the run {run} are damaged or do not fit it."),
    QT_TRANSLATE_NOOP("engine", "The weights {path} cannot be read: {reason}."),
    QT_TRANSLATE_NOOP("engine", "There are no files in this folder."),
    QT_TRANSLATE_NOOP("engine", "There are no images in sub-folders of {path}."),
    QT_TRANSLATE_NOOP("engine", "There are no images in the part {split} of the dataset."),
    QT_TRANSLATE_NOOP("engine", "There are no images in {path}."),
    QT_TRANSLATE_NOOP("engine", "There are no training images of: {classes}."),
    QT_TRANSLATE_NOOP(
        "engine", "There are no validation images, so nothing could tell how good a model is."
    ),
    QT_TRANSLATE_NOOP(
        "engine", "There are no validation images; the file is compared on all images instead."
    ),
    QT_TRANSLATE_NOOP("engine", "There are {count} exported models in {folder}."),
    QT_TRANSLATE_NOOP("engine", "There are: {runs}."),
    QT_TRANSLATE_NOOP("engine", "There is a project already: {path}."),
    QT_TRANSLATE_NOOP(
        "engine",
        "There is an NVIDIA graphics card, but the installed PyTorch {version} is a CPU build.",
    ),
    QT_TRANSLATE_NOOP("engine", "There is no colour map named {name}."),
    QT_TRANSLATE_NOOP("engine", "There is no connection to {host}: {reason}."),
    QT_TRANSLATE_NOOP("engine", "There is no cuda:{index}; graphics cards found: {count}."),
    QT_TRANSLATE_NOOP("engine", "There is no device named {name}."),
    QT_TRANSLATE_NOOP("engine", "There is no explanation method named {name}."),
    QT_TRANSLATE_NOOP("engine", "There is no export format named {name}."),
    QT_TRANSLATE_NOOP("engine", "There is no model named {name}."),
    QT_TRANSLATE_NOOP("engine", "There is no network: {host} does not answer."),
    QT_TRANSLATE_NOOP("engine", "There is no network: {host} was not found."),
    QT_TRANSLATE_NOOP("engine", "There is no permission to read the file."),
    QT_TRANSLATE_NOOP("engine", "There is no preset named {name}."),
    QT_TRANSLATE_NOOP("engine", "There is no project at {path}."),
    QT_TRANSLATE_NOOP("engine", "There is no setting named {name}."),
    QT_TRANSLATE_NOOP("engine", "There is no starter backbone for {model} yet."),
    QT_TRANSLATE_NOOP("engine", "There is no training called {run} in the project {name}."),
    QT_TRANSLATE_NOOP("engine", "There is no training run in {folder}."),
    QT_TRANSLATE_NOOP("engine", "There is no weights file {path}."),
    QT_TRANSLATE_NOOP("engine", "There is not enough memory for this training."),
    QT_TRANSLATE_NOOP("engine", "There is not enough memory to read the image."),
    QT_TRANSLATE_NOOP("engine", "There is not enough memory to run this model."),
    QT_TRANSLATE_NOOP("engine", "There is nothing at {path}."),
    QT_TRANSLATE_NOOP(
        "engine", "There is only one class with images, {name}; telling apart needs at least two."
    ),
    QT_TRANSLATE_NOOP("engine", "There must be at least two classes to tell apart."),
    QT_TRANSLATE_NOOP("engine", "This Mac's graphics processor can be used."),
    QT_TRANSLATE_NOOP("engine", "This computer has not enough free memory for that."),
    QT_TRANSLATE_NOOP("engine", "This is a folder, not an image."),
    QT_TRANSLATE_NOOP("engine", "This is not an ordinary file."),
    QT_TRANSLATE_NOOP(
        "engine", "This model does not know {count} of the project's classes: {names}."
    ),
    QT_TRANSLATE_NOOP("engine", "This model has no class named {label}."),
    QT_TRANSLATE_NOOP("engine", "This model has no class number {number}."),
    QT_TRANSLATE_NOOP("engine", "This model has no layer named {name}."),
    QT_TRANSLATE_NOOP("engine", "This model has no squeeze-and-excitation block named {name}."),
    QT_TRANSLATE_NOOP("engine", "Threads"),
    QT_TRANSLATE_NOOP(
        "engine",
        "Threads that decode and vary images ahead of the training; 0: chosen for this computer.",
    ),
    QT_TRANSLATE_NOOP(
        "engine", "Time in which the learning rate rises in a straight line from near zero."
    ),
    QT_TRANSLATE_NOOP(
        "engine",
        "Train again with a lower learning rate, such as {rate:g}; the best model so far is kept.",
    ),
    QT_TRANSLATE_NOOP("engine", "Train again, or choose another run."),
    QT_TRANSLATE_NOOP("engine", "Train one first."),
    QT_TRANSLATE_NOOP(
        "engine", "Training went astray in epoch {epoch}: the loss is no longer a number."
    ),
    QT_TRANSLATE_NOOP("engine", "Try again in a moment."),
    QT_TRANSLATE_NOOP("engine", "Try again later, or choose a weights file, starter or none."),
    QT_TRANSLATE_NOOP("engine", "Try again later, or choose another mirror; nothing was kept."),
    QT_TRANSLATE_NOOP("engine", "Try again: the download goes on where it stopped."),
    QT_TRANSLATE_NOOP("engine", "Update EffNet Studio to open it."),
    QT_TRANSLATE_NOOP("engine", "Update EffNet Studio to open it; nothing was changed."),
    QT_TRANSLATE_NOOP("engine", "Warm-up"),
    QT_TRANSLATE_NOOP("engine", "Weight decay"),
    QT_TRANSLATE_NOOP("engine", "Weights are read from .safetensors, .pth and .pt files."),
    QT_TRANSLATE_NOOP("engine", "Weights from the file {path}."),
    QT_TRANSLATE_NOOP(
        "engine",
        "What the model knows at the start: auto takes the best that can be had; or imagenet, starter, none, or a weights file.",
    ),
    QT_TRANSLATE_NOOP("engine", "Where the cosine ends, as a share of the largest rate."),
    QT_TRANSLATE_NOOP("engine", "Writing {model} as ONNX …"),
    QT_TRANSLATE_NOOP(
        "engine", "Your files are as they were. Copy the report if you want to tell us."
    ),
    QT_TRANSLATE_NOOP("engine", "auto, cpu, cuda, cuda:1 or mps."),
    QT_TRANSLATE_NOOP("engine", "can be used"),
    QT_TRANSLATE_NOOP("engine", "epochs"),
    QT_TRANSLATE_NOOP("engine", "images"),
    QT_TRANSLATE_NOOP("engine", "no network"),
    QT_TRANSLATE_NOOP("engine", "none shipped yet"),
    QT_TRANSLATE_NOOP("engine", "not installed"),
    QT_TRANSLATE_NOOP("engine", "px"),
    QT_TRANSLATE_NOOP("engine", "torchvision does not fit the installed PyTorch: {reason}"),
    QT_TRANSLATE_NOOP("engine", "{count} file(s), {size:.0f} MB, in {folder}"),
    QT_TRANSLATE_NOOP(
        "engine", "{file} gives another answer than the app on {percent} % of {images} images."
    ),
    QT_TRANSLATE_NOOP("engine", "{free} free in {path}"),
    QT_TRANSLATE_NOOP("engine", "{host} could not prove who it is."),
    QT_TRANSLATE_NOOP("engine", "{host} does not give the file: {code} {reason}."),
    QT_TRANSLATE_NOOP("engine", "{host} sent a web page instead of the weights."),
    QT_TRANSLATE_NOOP("engine", "{lost} of {count} images can no longer be read."),
    QT_TRANSLATE_NOOP("engine", "{model} has no squeeze-and-excitation blocks."),
    QT_TRANSLATE_NOOP("engine", "{name} = {value} is not possible: {reason}."),
    QT_TRANSLATE_NOOP("engine", "{name} cannot be read: {reason}."),
    QT_TRANSLATE_NOOP("engine", "{name} carries no checksum in its name."),
    QT_TRANSLATE_NOOP("engine", "{name} could not be run: {reason}"),
    QT_TRANSLATE_NOOP("engine", "{name} holds no weights."),
    QT_TRANSLATE_NOOP("engine", "{name} holds program code, not only weights, and was not opened."),
    QT_TRANSLATE_NOOP("engine", "{name} holds values that are not numbers, in {tensor}."),
    QT_TRANSLATE_NOOP("engine", "{name} is a model, but not an image classifier this app can use."),
    QT_TRANSLATE_NOOP("engine", "{name} is an exported file; nobody can look inside it."),
    QT_TRANSLATE_NOOP("engine", "{name} is damaged or not a weights file."),
    QT_TRANSLATE_NOOP("engine", "{name} is left out: {reason}"),
    QT_TRANSLATE_NOOP("engine", "{name} is not a model that can be opened here."),
    QT_TRANSLATE_NOOP("engine", "{name} is not a model trained with this app, or it is damaged."),
    QT_TRANSLATE_NOOP("engine", "{name} is not a weights file."),
    QT_TRANSLATE_NOOP("engine", "{name} is not an ONNX model, or it is damaged."),
    QT_TRANSLATE_NOOP("engine", "{name} was made by a newer version of the app."),
    QT_TRANSLATE_NOOP(
        "engine",
        "{name} was made by another program and does not name its {count} classes; images are prepared as is usual for ImageNet.",
    ),
    QT_TRANSLATE_NOOP("engine", "{name}, {cores} core(s) usable"),
    QT_TRANSLATE_NOOP("engine", "{path} cannot be reached: {reason}."),
    QT_TRANSLATE_NOOP("engine", "{path} cannot be read: {reason}."),
    QT_TRANSLATE_NOOP("engine", "{path} cannot be written: no permission."),
    QT_TRANSLATE_NOOP("engine", "{path} could not be written: {reason}."),
    QT_TRANSLATE_NOOP("engine", "{path} is a file, not a folder."),
    QT_TRANSLATE_NOOP("engine", "{path} is a project, not a folder of images."),
    QT_TRANSLATE_NOOP("engine", "{path} is full of folders of the same name."),
    QT_TRANSLATE_NOOP("engine", "{path} is not an EffNet Studio project."),
    QT_TRANSLATE_NOOP("engine", "{path} is not empty."),
    QT_TRANSLATE_NOOP(
        "engine",
        "{share:.0f} % of the backbone was taken over ({matched} tensors; {missing} missing, {mismatched} of another shape, {unexpected} not used).",
    ),
    QT_TRANSLATE_NOOP("engine", "{total}, {free} free"),
    QT_TRANSLATE_NOOP("engine", "{url} is not a web address."),
)
