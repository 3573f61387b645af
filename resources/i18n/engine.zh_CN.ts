<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>engine</name>
    <message>
        <source>32-bit numbers, as chosen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>32-bit numbers: shorter ones are not faster on this device.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>8-bit recipe {recipe}: {percent} % the same answers, {milliseconds} ms, {megabytes} MB.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A graphics card that PyTorch can use was found.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A new project needs an empty folder; {path} is not.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A picture cannot be written as {suffix}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A sign-in page of the network may be in the way: open a web browser first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A usual value is 0.2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>AdamW adapts each weight&apos;s step; SGD uses Nesterov momentum.</source>
        <translation>AdamW 为每个权重自适应步长；SGD 使用 Nesterov 动量。</translation>
    </message>
    <message>
        <source>Add pictures of it and import again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add pictures to these classes, or remove their folders, and import again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An array of {dtype} with shape {shape} is no picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An opacity of {value} is not possible.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Apple graphics processor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Architecture to fine-tune. B0 is small and quick; larger ones see finer detail.</source>
        <translation>要微调的网络结构。B0 小而快；更大的型号能看清更细的细节。</translation>
    </message>
    <message>
        <source>Ask for permission to read it and import again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask for permission to read it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask for the plain weights: torch.save(model.state_dict(), …) or .safetensors.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Augmentation</source>
        <translation>数据增强</translation>
    </message>
    <message>
        <source>Auto uses 16-bit numbers where this computer is really faster with them.</source>
        <translation>自动：仅在本机确实更快时才使用 16 位数值。</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>批大小</translation>
    </message>
    <message>
        <source>Before the crop, pixels.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check its name and that its drive is connected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check that the copying was finished.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check that the drive is connected and that you may read the file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check that the drive is connected and the folder still exists.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check that the drive is connected, or import the folder again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check that the drive is there, has room and may be written to.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check that the drive with the pictures is connected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the free space and your permission; the previous dataset is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the network, or choose a weights file, starter or none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the spelling; choose a project, a run or an exported .onnx file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check this computer&apos;s clock, or ask who runs the network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a folder inside the project&apos;s runs folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a folder that holds a file named {file}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a folder with one sub-folder for each class.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a folder you may write to.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a name that ends in .png or .jpg.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a new folder for the sample.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a number between 0 (picture only) and 1 (heat map only).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a project (NAME.effnet), a folder inside its runs, or an .onnx file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a project, a run or an exported .onnx file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a project, a run, or a best.safetensors file inside a run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a small model, a small batch or smaller images.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a smaller batch size or image size, or freeze more stages; the best model so far is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another model, and please report this with the model&apos;s name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose imagenet, none or a weights file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose one of the model&apos;s stages.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose one of them: {names}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose one of: auto, cpu, cuda, cuda:1, mps.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose one of: {names}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the project or the run it was exported from.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close other programs, or choose a smaller model or image size.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close other programs, or choose a smaller model, batch or image size.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close the other window or program that uses it and open it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Computes on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect its drive or put it back, or import the pictures from a new place.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect their drive, or import the folder from its new place.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect to the network once, or choose a weights file (.pth, .safetensors).</source>
        <translation>请联网一次，或选择权重文件（.pth、.safetensors）。</translation>
    </message>
    <message>
        <source>Decoded pictures cannot be kept ({reason}): every epoch opens the files again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete this file and import the folder again; trained models are not concerned.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Device</source>
        <translation>计算设备</translation>
    </message>
    <message>
        <source>Did you mean: {names}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Disk space for downloads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Do not rely on it where answers matter; export in the format onnx instead.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Download or copy it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Downloaded weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dropout</source>
        <translation>随机失活（Dropout）</translation>
    </message>
    <message>
        <source>EfficientNet and MobileNetV3 have them; or choose Grad-CAM.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>训练轮数</translation>
    </message>
    <message>
        <source>Export the model again, or choose another file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export the model again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Files of this kind can run any program when they are opened, so this app never does. Choose a project, a run or an exported .onnx file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Final learning rate</source>
        <translation>最终学习率</translation>
    </message>
    <message>
        <source>Formats that are read: {formats}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Free some space in {folder}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Free some space on the project&apos;s drive to train faster.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Free some space or choose another folder; nothing written before is lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Free some space.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Frozen stages</source>
        <translation>冻结阶段数</translation>
    </message>
    <message>
        <source>Frozen stages keep their random weights and learn nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give RGB pixels: uint8, shape (height, width, 3).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give a .pth or .safetensors file, or auto, imagenet, starter or none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give each class a sub-folder with its pictures, such as cats/ and dogs/.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give more of the name: {runs}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many stages, from the input on, keep what they know. More is faster and needs fewer images; less adapts better.</source>
        <translation>从输入端起保持原有知识不变的阶段数。越多越快，所需图像也越少；越少则越能适应您的图像。</translation>
    </message>
    <message>
        <source>How often every training image is seen.</source>
        <translation>每张训练图像被看多少遍。</translation>
    </message>
    <message>
        <source>How strongly training images are varied (crop, mirror, colour, RandAugment).</source>
        <translation>训练图像变换的强度（裁剪、镜像、颜色、RandAugment）。</translation>
    </message>
    <message>
        <source>Image size</source>
        <translation>图像尺寸</translation>
    </message>
    <message>
        <source>ImageNet weights: {model} has learned from 1.28 million photographs of 1,000 kinds of things (top-1 {top1:.1f} %).</source>
        <translation>ImageNet 权重：{model} 学习过 1,000 类事物的 128 万张照片（top-1 {top1:.1f} %）。</translation>
    </message>
    <message>
        <source>Images per step.</source>
        <translation>每一步使用的图像数。</translation>
    </message>
    <message>
        <source>Import a folder with one sub-folder for each class.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import a folder with one sub-folder of pictures for each class.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import the folder again if its pictures were moved or changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import the folder again with a larger share for it, or choose another part.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import the folder again with a share for validation.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import the folder again with a validation share above 0, such as 0.2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Input size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Install a CUDA build of PyTorch; see the README.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Instant, Balanced or Best: presets fill in the rest.</source>
        <translation>即时、均衡或最佳：预设会填好其余设置。</translation>
    </message>
    <message>
        <source>Instruction sets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It belongs to the operating system.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is a link that leads nowhere.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is an EffNet Studio project.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is hidden.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is not a picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is not an ordinary file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It knows: {names}. Choose a model that was trained on this project.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It lies outside the class folders.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It lies outside the folders train, val and test.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It must begin with https:// or http://.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It should take RGB images (n, 3, size, size) and give scores (n, classes); found: {found}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It vanished while the folder was read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its best model can still be used; start a new training to go on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its classes are numbered 0 to {last}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its classes are: {names}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its other files are untouched; the other runs can still be used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its sub-folders look like classes: choose {path}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Known settings: {names}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Label smoothing</source>
        <translation>标签平滑</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Leave the class out, or choose Grad-CAM.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let it train for at least one epoch, or choose another run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loader threads</source>
        <translation>加载线程数</translation>
    </message>
    <message>
        <source>MPS exists on Apple computers only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>MPS needs Apple silicon and macOS 14 or later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>MPS was asked for.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make a new project from the same pictures; they are untouched.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mixed 16- and 32-bit numbers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Momentum</source>
        <translation>动量</translation>
    </message>
    <message>
        <source>NVIDIA graphics card</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No NVIDIA driver was found.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No NVIDIA graphics card was found.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No picture of the class {name} can be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No pre-trained weights can be had ({reason}): {model} starts from nothing and will be far less exact on a small set of pictures.</source>
        <translation>无法获得预训练权重（{reason}）：{model} 将从零开始，在图像较少时准确率会低很多。</translation>
    </message>
    <message>
        <source>No pre-trained weights: the model starts from random numbers and knows nothing yet.</source>
        <translation>没有预训练权重：模型从随机数开始，尚无任何知识。</translation>
    </message>
    <message>
        <source>None of the pictures can be read any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None of the validation pictures can be read any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None of the {count} images can be read any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None of the {count} pictures in {path} can be read; the first: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None of the {count} validation images can be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing in {name} fits {model}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of SGD; AdamW does not use it.</source>
        <translation>用于 SGD；AdamW 不使用。</translation>
    </message>
    <message>
        <source>Open it, or choose another name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Optimizer</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>Please report this with the model&apos;s name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>数值精度</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pulls weights towards zero, against over-fitting; not applied to norms and biases.</source>
        <translation>把权重拉向零以防止过拟合；不作用于归一化层和偏置。</translation>
    </message>
    <message>
        <source>PyTorch {version} cannot use the installed NVIDIA driver.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Python</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run the set-up again: python3 packaging/bootstrap.py setup</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Same seed, same data, same run.</source>
        <translation>种子相同、数据相同，训练过程就相同。</translation>
    </message>
    <message>
        <source>Save a smaller copy of it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save them with torch.save(model.state_dict(), …) or as .safetensors.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Set the frozen stages to 0, or choose starting weights.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model starts with random weights and learns everything from your pictures. Changed from the preset: {changes}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There must be at least two classes to tell apart.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Several trainings begin with {run}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>16-bit numbers in the convolutions that gain from them, 32 bits elsewhere.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open it, or choose the folder the pictures are in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of certainty given to all classes alike, against over-confidence.</source>
        <translation>平均分给所有类别的置信度比例，用于防止过度自信。</translation>
    </message>
    <message>
        <source>Share of the last features hidden at each step; empty: what the model was made with.</source>
        <translation>每一步隐藏的末层特征比例；留空则采用模型原有设置。</translation>
    </message>
    <message>
        <source>Short side</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Side of the square the model sees; empty: what the model was made for. Smaller is faster, larger sees finer detail.</source>
        <translation>模型所见方形图像的边长；留空则采用该模型的设计尺寸。越小越快，越大能看清越细的细节。</translation>
    </message>
    <message>
        <source>Side of the square, pixels.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size of the steps at their largest. Halve it if the loss jumps.</source>
        <translation>步长的最大值。如果损失剧烈跳动，请减半。</translation>
    </message>
    <message>
        <source>Something unexpected happened: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start a new training with more epochs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start a new training; the best model of this run stays as it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Starter backbone shipped with the app: {model} knows simple shapes and textures from small pictures. ImageNet weights are better when there is a network.</source>
        <translation>应用自带的骨干网络：{model} 从小图像中学会了简单的形状和纹理。有网络时 ImageNet 权重效果更好。</translation>
    </message>
    <message>
        <source>Starter backbones</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Starting weights</source>
        <translation>初始权重</translation>
    </message>
    <message>
        <source>System</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The CPU was asked for.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The class {name} has a single picture; it cannot be validated.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The class {name} has no picture to learn from.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The class {name} has no picture to validate on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection to {host} was cut after {size:.1f} MB: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The content is not a picture in a format that is read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The content is not a picture that can be read: {format}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The disk is full: the download needs {size:.0f} MB more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The disk is full: {path} could not be written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The exported graph is not valid ONNX: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file cannot be read: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file does not exist.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file from {url} is not the right one: its checksum differs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file is probably of another architecture: choose that model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file is too large: {size} MB.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file vanished: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder cannot be read: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder does not exist: {path}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder of the pictures is not there any more: {folder}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder {folder} is neither a project nor a training run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder {name} has no pictures of a class.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The index {path} cannot be written or read: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The index {path} is damaged: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The index {path} is in use by another program.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The index {path} was made by a newer version.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The installed PyTorch {version} has no MPS.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The layer {layer} gives no map that could be shown over a picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model could not be written as ONNX.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model could not be written as ONNX: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The notes inside {name} are damaged: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The notes inside {name} do not belong to its graph.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture is cut short: the end of the file is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture is damaged and cannot be decoded ({detail}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture is too large to be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture is too large: {width} × {height} pixels, at most {limit} million can be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The pictures are no longer where they were imported from.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The pictures have changed since the run {run} began.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The project file {path} is damaged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The project folder cannot be written; it is open for reading only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The project is closed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The project is in use by {owner}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The project was opened for reading only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The project {name} has no pictures yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The project {name} has no trained model yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The project {path} was made by a newer version of EffNet Studio ({app}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The rest starts from random numbers; is the file of this architecture?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The run {run} cannot be continued: its last state is damaged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The run {run} cannot be read: {file} is damaged ({reason}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The run {run} has no finished epoch yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The run {run} is finished; there is nothing left to train.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The run {run} was made by a newer version of the app.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server sent another part of the file than was asked for.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The squeeze-and-excitation map does not depend on a class.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The system refused a file operation: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The training that made it has failed; use another file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The validation share must lie between 0 and 1; it is {value}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The weights of the run {run} are damaged or do not fit it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The weights {path} cannot be read: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no files in this folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no images in the part {split} of the dataset.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no pictures in sub-folders of {path}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no pictures in {path}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no training pictures of: {classes}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no validation images; the file is compared on all images instead.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no validation pictures, so nothing could tell how good a model is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are {count} exported models in {folder}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are: {runs}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is a project already: {path}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is an NVIDIA graphics card, but the installed PyTorch {version} is a CPU build.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no colour map named {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no connection to {host}: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no cuda:{index}; graphics cards found: {count}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no device named {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no explanation method named {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no export format named {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no model named {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no network: {host} does not answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no network: {host} was not found.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no permission to read the file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no preset named {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no project at {path}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no setting named {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no starter backbone for {model} yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no training called {run} in the project {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no training run in {folder}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no weights file {path}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is not enough memory for this training.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is not enough memory to read the picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is not enough memory to run this model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is nothing at {path}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is only one class with pictures, {name}; telling apart needs at least two.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This Mac&apos;s graphics processor can be used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer has not enough free memory for that.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is a folder, not a picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is not an ordinary file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This model does not know {count} of the project&apos;s classes: {names}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This model has no class named {label}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This model has no class number {number}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This model has no layer named {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This model has no squeeze-and-excitation block named {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Threads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Threads that decode and vary images ahead of the training; 0: chosen for this computer.</source>
        <translation>提前解码和变换图像的线程数；0 表示按本机自动选择。</translation>
    </message>
    <message>
        <source>Time in which the learning rate rises in a straight line from near zero.</source>
        <translation>学习率从接近零开始直线上升所用的时间。</translation>
    </message>
    <message>
        <source>Train again with a lower learning rate, such as {rate:g}; the best model so far is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Train again, or choose another run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Train one first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training went astray in epoch {epoch}: the loss is no longer a number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again in a moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again later, or choose a weights file, starter or none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again later, or choose another mirror; nothing was kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again: the download goes on where it stopped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Update EffNet Studio to open it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Update EffNet Studio to open it; nothing was changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Warm-up</source>
        <translation>预热</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>权重衰减</translation>
    </message>
    <message>
        <source>Weights are read from .safetensors, .pth and .pt files.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weights from the file {path}.</source>
        <translation>权重来自文件 {path}。</translation>
    </message>
    <message>
        <source>What the model knows at the start: auto takes the best that can be had; or imagenet, starter, none, or a weights file.</source>
        <translation>模型一开始具备的知识：auto 取能得到的最佳权重；也可选 imagenet、starter、none 或权重文件。</translation>
    </message>
    <message>
        <source>Where the cosine ends, as a share of the largest rate.</source>
        <translation>余弦曲线的终点，以最大学习率的比例表示。</translation>
    </message>
    <message>
        <source>Writing {model} as ONNX …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your files are as they were. Copy the report if you want to tell us.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>auto, cpu, cuda, cuda:1 or mps.</source>
        <translation>auto、cpu、cuda、cuda:1 或 mps。</translation>
    </message>
    <message>
        <source>can be used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>epochs</source>
        <translation>轮</translation>
    </message>
    <message>
        <source>images</source>
        <translation>张图片</translation>
    </message>
    <message>
        <source>no network</source>
        <translation>没有网络</translation>
    </message>
    <message>
        <source>none shipped yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not installed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>px</source>
        <translation>像素</translation>
    </message>
    <message>
        <source>torchvision does not fit the installed PyTorch: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} file(s), {size:.0f} MB, in {folder}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file} gives another answer than the app on {percent} % of {images} images.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{free} free in {path}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} could not prove who it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} does not give the file: {code} {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} sent a web page instead of the weights.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{lost} of {count} pictures can no longer be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{model} has no squeeze-and-excitation blocks.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} = {value} is not possible: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} cannot be read: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} carries no checksum in its name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} could not be run: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} holds no weights.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} holds program code, not only weights, and was not opened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} holds values that are not numbers, in {tensor}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is a model, but not an image classifier this app can use.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is an exported file; nobody can look inside it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is damaged or not a weights file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is left out: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is not a model that can be opened here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is not a model trained with this app, or it is damaged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is not a weights file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is not an ONNX model, or it is damaged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} was made by a newer version of the app.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} was made by another program and does not name its {count} classes; images are prepared as is usual for ImageNet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}, {cores} core(s) usable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} cannot be reached: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} cannot be read: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} cannot be written: no permission.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} could not be written: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} is a file, not a folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} is a project, not a folder of pictures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} is full of folders of the same name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} is not an EffNet Studio project.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} is not empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{share:.0f} % of the backbone was taken over ({matched} tensors; {missing} missing, {mismatched} of another shape, {unexpected} not used).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{total}, {free} free</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{url} is not a web address.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
