<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>engine</name>
    <message>
        <source>32-bit numbers, as chosen.</source>
        <translation>按照选择，使用 32 位浮点数。</translation>
    </message>
    <message>
        <source>32-bit numbers: shorter ones are not faster on this device.</source>
        <translation>使用 32 位浮点数：更短的格式在此设备上并不更快。</translation>
    </message>
    <message>
        <source>A graphics card that PyTorch can use was found.</source>
        <translation>找到了 PyTorch 可以使用的显卡。</translation>
    </message>
    <message>
        <source>A new project needs an empty folder; {path} is not.</source>
        <translation>新项目需要一个空文件夹；{path} 不是空的。</translation>
    </message>
    <message>
        <source>An image cannot be written as {suffix}.</source>
        <translation>图片不能保存为 {suffix} 格式。</translation>
    </message>
    <message>
        <source>A sign-in page of the network may be in the way: open a web browser first.</source>
        <translation>网络可能需要先登录：请先打开网页浏览器。</translation>
    </message>
    <message>
        <source>(to fill in)</source>
        <translation>（待填写）</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>16-bit numbers are not faster on this computer; they are left out.</source>
        <translation>16 位数值在本机上并不更快；已略去。</translation>
    </message>
    <message>
        <source>32 bit</source>
        <translation>32 位</translation>
    </message>
    <message>
        <source>32 bits</source>
        <translation>32 位</translation>
    </message>
    <message>
        <source>8-bit recipe {recipe}: {percent} % the same answers, {points} points of accuracy lost ({low} to {high}), {speed} times as fast, {megabytes} MB.</source>
        <translation>8 位量化方案 {recipe}：{percent} % 的答案相同，准确率下降 {points} 个百分点（{low} 至 {high}），速度为 {speed} 倍，{megabytes} MB。</translation>
    </message>
    <message>
        <source>95 % interval</source>
        <translation>95 % 区间</translation>
    </message>
    <message>
        <source>95 %: {range}</source>
        <translation>95 %：{range}</translation>
    </message>
    <message>
        <source>A PDF file cannot be made here.</source>
        <translation>此处无法生成 PDF 文件。</translation>
    </message>
    <message>
        <source>A class cannot be compared with itself.</source>
        <translation>类别不能与自身比较。</translation>
    </message>
    <message>
        <source>A graphics card of a data centre: NVIDIA H200</source>
        <translation>数据中心的显卡：NVIDIA H200</translation>
    </message>
    <message>
        <source>A resolution of {value} pixels is not possible.</source>
        <translation>分辨率不能为 {value} 像素。</translation>
    </message>
    <message>
        <source>A threshold follows from the accuracy or from the share of images answered.</source>
        <translation>阈值由准确率或作答图片的比例决定。</translation>
    </message>
    <message>
        <source>A trained run of the same classes, or a model of the catalog, whose answers the model learns from too; a small model often learns more from a large one than from the labels alone. Empty: none.</source>
        <translation>一次相同类别的训练，或目录中的一个模型；模型也向它的回答学习。小模型从大模型学到的往往比只从标签学到的更多。留空：没有。</translation>
    </message>
    <message>
        <source>A usual value is 0.2.</source>
        <translation>常用值为 0.2。</translation>
    </message>
    <message>
        <source>A weights file.</source>
        <translation>一个权重文件。</translation>
    </message>
    <message>
        <source>A width of {widths} starts from ImageNet weights.</source>
        <translation>宽度为 {widths} 时可以从 ImageNet 权重开始。</translation>
    </message>
    <message>
        <source>About a quarter to a third of the size, fast in batches; some answers may change, within what you allow.</source>
        <translation>大小约为四分之一到三分之一，成批处理时较快；个别回答可能改变，但不超出你允许的范围。</translation>
    </message>
    <message>
        <source>About a quarter to a third of the size; some answers may change, within what you allow.</source>
        <translation>大小约为四分之一到三分之一；个别回答可能改变，但不超出你允许的范围。</translation>
    </message>
    <message>
        <source>About {more} more images of {name} would help most: recall {now} % → about {then} %, between {low} and {high} %.</source>
        <translation>再增加约 {more} 张 {name} 的图片帮助最大：召回率 {now} % → 约 {then} %，在 {low} % 到 {high} % 之间。</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>Accuracy by size</source>
        <translation>准确率与大小</translation>
    </message>
    <message>
        <source>Accuracy by time</source>
        <translation>准确率与用时</translation>
    </message>
    <message>
        <source>Accuracy on the validation images by the size of the file, for each way tried.</source>
        <translation>每种尝试方案在验证图片上的准确率与文件大小。</translation>
    </message>
    <message>
        <source>Accuracy over the epochs; at the end {train} in training, {val} in validation.</source>
        <translation>各轮的准确率；最后训练为 {train}，验证为 {val}。</translation>
    </message>
    <message>
        <source>AdamW</source>
        <translation>AdamW</translation>
    </message>
    <message>
        <source>AdamW adapts each weight&apos;s step; SGD uses Nesterov momentum.</source>
        <translation>AdamW 为每个权重自适应步长；SGD 使用 Nesterov 动量。</translation>
    </message>
    <message>
        <source>Add images of it and import again.</source>
        <translation>请添加该类别的图片后重新导入。</translation>
    </message>
    <message>
        <source>Add images to these classes, or remove their folders, and import again.</source>
        <translation>请为这些类别添加图片，或删除它们的文件夹，然后重新导入。</translation>
    </message>
    <message>
        <source>Add images, or another class.</source>
        <translation>请添加图片，或添加另一个类别。</translation>
    </message>
    <message>
        <source>Add the GPU pack: {sizes}.</source>
        <translation>请安装 GPU 包：{sizes}。</translation>
    </message>
    <message>
        <source>Add the new GPU pack; the old one is removed then.</source>
        <translation>请安装新的 GPU 包；旧的会随之移除。</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>All classes</source>
        <translation>所有类别</translation>
    </message>
    <message>
        <source>All figures are of {images} {part}.</source>
        <translation>所有指标均来自 {images} 张{part}。</translation>
    </message>
    <message>
        <source>All images</source>
        <translation>所有图片</translation>
    </message>
    <message>
        <source>All settings</source>
        <translation>全部设置</translation>
    </message>
    <message>
        <source>All settings of the training</source>
        <translation>训练的全部设置</translation>
    </message>
    <message>
        <source>An 8-bit file cannot lose {points} points of accuracy.</source>
        <translation>8 位文件不能允许下降 {points} 个百分点的准确率。</translation>
    </message>
    <message>
        <source>An array of {dtype} with shape {shape} is no image.</source>
        <translation>类型为 {dtype}、形状为 {shape} 的数组不是图片。</translation>
    </message>
    <message>
        <source>An exported file gives answers only; it knows no training images.</source>
        <translation>导出的文件只给出回答；它不知道训练图片。</translation>
    </message>
    <message>
        <source>An input of {size} pixels is out of bounds.</source>
        <translation>{size} 像素的输入超出范围。</translation>
    </message>
    <message>
        <source>An opacity of {value} is not possible.</source>
        <translation>不透明度不能为 {value}。</translation>
    </message>
    <message>
        <source>Another process of this training has ended.</source>
        <translation>此训练的另一个进程已结束。</translation>
    </message>
    <message>
        <source>Another program may be writing it; choose another name for the table.</source>
        <translation>可能有其他程序正在写入它；请为表格选择另一个名称。</translation>
    </message>
    <message>
        <source>Answer to an image: {label}</source>
        <translation>审核结果：{label}</translation>
    </message>
    <message>
        <source>Apache-2.0, as the app; the terms of the training images, ImageNet, may apply.</source>
        <translation>与本应用相同，Apache-2.0；训练图片 ImageNet 的条款也可能适用。</translation>
    </message>
    <message>
        <source>Apple graphics processor</source>
        <translation>Apple 图形处理器</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>架构</translation>
    </message>
    <message>
        <source>Architecture to fine-tune. B0 is small and quick; larger ones see finer detail.</source>
        <translation>要微调的网络结构。B0 小而快；更大的型号能看清更细的细节。</translation>
    </message>
    <message>
        <source>Area</source>
        <translation>面积</translation>
    </message>
    <message>
        <source>Arranged by the simple shapes and textures that {model} knows, which comes with the app.</source>
        <translation>按应用自带的 {model} 所认识的简单形状和纹理排列。</translation>
    </message>
    <message>
        <source>Ask for permission to read it and import again.</source>
        <translation>请取得读取权限后重新导入。</translation>
    </message>
    <message>
        <source>Ask for permission to read it.</source>
        <translation>请取得读取权限。</translation>
    </message>
    <message>
        <source>Ask for the plain weights: torch.save(model.state_dict(), …) or .safetensors.</source>
        <translation>请索取纯权重文件：torch.save(model.state_dict(), …) 或 .safetensors。</translation>
    </message>
    <message>
        <source>Assumed to be {factor} times slower there than on this computer; try it there.</source>
        <translation>假定那里比本机慢 {factor} 倍；请在那里试一试。</translation>
    </message>
    <message>
        <source>Attention inside the region</source>
        <translation>区域内的关注度</translation>
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
        <source>Balanced</source>
        <translation>均衡</translation>
    </message>
    <message>
        <source>Balanced accuracy</source>
        <translation>平衡准确率</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>批大小</translation>
    </message>
    <message>
        <source>Before the crop, pixels.</source>
        <translation>裁剪之前的尺寸（像素）。</translation>
    </message>
    <message>
        <source>Before the temperature</source>
        <translation>温度校准之前</translation>
    </message>
    <message>
        <source>Began with</source>
        <translation>初始权重</translation>
    </message>
    <message>
        <source>Best</source>
        <translation>最佳</translation>
    </message>
    <message>
        <source>Both models are right equally often.</source>
        <translation>两个模型答对的次数一样多。</translation>
    </message>
    <message>
        <source>Boxes and masks are found by the images&apos; file names.</source>
        <translation>方框和掩膜按图片的文件名查找。</translation>
    </message>
    <message>
        <source>Brier score</source>
        <translation>Brier 分数</translation>
    </message>
    <message>
        <source>Brightness</source>
        <translation>亮度</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>相机</translation>
    </message>
    <message>
        <source>Caveats and recommendations</source>
        <translation>注意事项与建议</translation>
    </message>
    <message>
        <source>Changes made by hand</source>
        <translation>人工修改</translation>
    </message>
    <message>
        <source>Changes made by hand: {count}</source>
        <translation>人工修改：{count} 处</translation>
    </message>
    <message>
        <source>Check it again on the validation images, and choose the threshold then.</source>
        <translation>请先用验证图片重新检查模型，然后再选择阈值。</translation>
    </message>
    <message>
        <source>Check its name and that its drive is connected.</source>
        <translation>请检查名称，并确认所在的磁盘已连接。</translation>
    </message>
    <message>
        <source>Check that its drive is connected and that you may read it.</source>
        <translation>请检查驱动器是否已连接，以及你是否有权读取。</translation>
    </message>
    <message>
        <source>Check that its drive is connected.</source>
        <translation>请检查它所在的驱动器是否已连接。</translation>
    </message>
    <message>
        <source>Check that the copying was finished.</source>
        <translation>请确认复制已经完成。</translation>
    </message>
    <message>
        <source>Check that the drive is connected and that you may read the file.</source>
        <translation>请确认磁盘已连接，并且有读取该文件的权限。</translation>
    </message>
    <message>
        <source>Check that the drive is connected and the folder still exists.</source>
        <translation>请确认磁盘已连接，并且文件夹仍然存在。</translation>
    </message>
    <message>
        <source>Check that the drive is connected, or import the folder again.</source>
        <translation>请确认磁盘已连接，或重新导入文件夹。</translation>
    </message>
    <message>
        <source>Check that the drive is there, has room and may be written to.</source>
        <translation>请确认磁盘已连接、有剩余空间并且可以写入。</translation>
    </message>
    <message>
        <source>Check that the drive with the images is connected.</source>
        <translation>请确认存放图片的磁盘已连接。</translation>
    </message>
    <message>
        <source>Check the free space and your permission; the previous dataset is kept.</source>
        <translation>请检查剩余空间和权限；之前的数据集已保留。</translation>
    </message>
    <message>
        <source>Check the name, or the drive.</source>
        <translation>请检查名称或驱动器。</translation>
    </message>
    <message>
        <source>Check the network, or choose a weights file, starter or none.</source>
        <translation>请检查网络，或选择权重文件、starter 或 none。</translation>
    </message>
    <message>
        <source>Check the proxy in the settings, or ask who runs the network.</source>
        <translation>请检查设置中的代理，或询问网络管理员。</translation>
    </message>
    <message>
        <source>Check the spelling, and that the drive is connected.</source>
        <translation>请检查拼写，并确认磁盘已连接。</translation>
    </message>
    <message>
        <source>Check the spelling; choose a project, a run or an exported .onnx file.</source>
        <translation>请检查拼写；可选择项目、训练记录或导出的 .onnx 文件。</translation>
    </message>
    <message>
        <source>Check this computer&apos;s clock, or ask who runs the network.</source>
        <translation>请检查本机的时钟，或询问网络管理员。</translation>
    </message>
    <message>
        <source>Checking</source>
        <translation>正在检查</translation>
    </message>
    <message>
        <source>Choose B0 to B7.</source>
        <translation>请选择 B0 到 B7。</translation>
    </message>
    <message>
        <source>Choose a folder inside the project&apos;s runs folder.</source>
        <translation>请选择项目 runs 文件夹中的一个文件夹。</translation>
    </message>
    <message>
        <source>Choose a folder of PNG files that are named as the images.</source>
        <translation>请选择一个文件夹，其中 PNG 文件与图片同名。</translation>
    </message>
    <message>
        <source>Choose a folder that holds a file named {file}.</source>
        <translation>请选择包含文件 {file} 的文件夹。</translation>
    </message>
    <message>
        <source>Choose a folder with images.</source>
        <translation>请选择一个含有图片的文件夹。</translation>
    </message>
    <message>
        <source>Choose a folder you may write to.</source>
        <translation>请选择可以写入的文件夹。</translation>
    </message>
    <message>
        <source>Choose a model and a runtime.</source>
        <translation>请选择一个模型和一种运行方式。</translation>
    </message>
    <message>
        <source>Choose a model with ImageNet weights, or EfficientNet-B0.</source>
        <translation>请选择有 ImageNet 权重的模型，或 EfficientNet-B0。</translation>
    </message>
    <message>
        <source>Choose a model, or a project with a training.</source>
        <translation>请选择一个模型，或一个有训练的项目。</translation>
    </message>
    <message>
        <source>Choose a name that ends in .png or .jpg.</source>
        <translation>请使用以 .png 或 .jpg 结尾的文件名。</translation>
    </message>
    <message>
        <source>Choose a new folder for the sample.</source>
        <translation>请为示例选择一个新的文件夹。</translation>
    </message>
    <message>
        <source>Choose a number between 0 (image only) and 1 (heat map only).</source>
        <translation>请选择 0（仅图片）到 1（仅热力图）之间的数值。</translation>
    </message>
    <message>
        <source>Choose a number from 0 to 100; 0.5 is usual.</source>
        <translation>请选择 0 到 100 之间的数；通常为 0.5。</translation>
    </message>
    <message>
        <source>Choose a project (NAME.effnet), a folder inside its runs, or an .onnx file.</source>
        <translation>请选择项目（名称.effnet）、其 runs 中的文件夹或 .onnx 文件。</translation>
    </message>
    <message>
        <source>Choose a project, a run or an exported .onnx file.</source>
        <translation>请选择项目、训练记录或导出的 .onnx 文件。</translation>
    </message>
    <message>
        <source>Choose a project, a run, or a best.safetensors file inside a run.</source>
        <translation>请选择项目、训练记录或训练记录中的 best.safetensors 文件。</translation>
    </message>
    <message>
        <source>Choose a run of a project instead.</source>
        <translation>请改为选择项目中的一次训练。</translation>
    </message>
    <message>
        <source>Choose a small model, a small batch or smaller images.</source>
        <translation>请选择小模型、小批量或较小的图片尺寸。</translation>
    </message>
    <message>
        <source>Choose a smaller image size or model, or freeze more stages.</source>
        <translation>请选择更小的图片尺寸或模型，或冻结更多阶段。</translation>
    </message>
    <message>
        <source>Choose another model, and please report this with the model&apos;s name.</source>
        <translation>请选择其他模型，并请连同模型名称报告此问题。</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>请换一个名称。</translation>
    </message>
    <message>
        <source>Choose between {low} and {high}.</source>
        <translation>请在 {low} 和 {high} 之间选择。</translation>
    </message>
    <message>
        <source>Choose from 2 to {most}.</source>
        <translation>请在 2 到 {most} 之间选择。</translation>
    </message>
    <message>
        <source>Choose imagenet, none or a weights file.</source>
        <translation>请选择 imagenet、none 或权重文件。</translation>
    </message>
    <message>
        <source>Choose it in the dialog to replace it, or another name.</source>
        <translation>请在对话框中选中它以替换，或换一个名称。</translation>
    </message>
    <message>
        <source>Choose one of the model&apos;s stages.</source>
        <translation>请选择模型的一个阶段。</translation>
    </message>
    <message>
        <source>Choose one of them: {names}.</source>
        <translation>请从中选择：{names}。</translation>
    </message>
    <message>
        <source>Choose one of: auto, cpu, cuda, cuda:1, mps.</source>
        <translation>可选：auto、cpu、cuda、cuda:1、mps。</translation>
    </message>
    <message>
        <source>Choose one of: {names}.</source>
        <translation>可选：{names}。</translation>
    </message>
    <message>
        <source>Choose the folder above them, or another layout.</source>
        <translation>请选择它们的上级文件夹，或其他布局。</translation>
    </message>
    <message>
        <source>Choose the project or the run it was exported from.</source>
        <translation>请选择导出它的项目或训练记录。</translation>
    </message>
    <message>
        <source>Choose two different classes.</source>
        <translation>请选择两个不同的类别。</translation>
    </message>
    <message>
        <source>Choose two runs.</source>
        <translation>请选择两次训练。</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Class precision</source>
        <translation>类别精确率</translation>
    </message>
    <message>
        <source>Class weights</source>
        <translation>类别权重</translation>
    </message>
    <message>
        <source>Class {old} renamed to {new}</source>
        <translation>类别 {old} 已重命名为 {new}</translation>
    </message>
    <message>
        <source>Classes with fewer than {few} images: {count}</source>
        <translation>图片少于 {few} 张的类别：{count}</translation>
    </message>
    <message>
        <source>Close other programs, or choose a smaller model or image size.</source>
        <translation>请关闭其他程序，或选择较小的模型或图片尺寸。</translation>
    </message>
    <message>
        <source>Close other programs, or choose a smaller model, batch or image size.</source>
        <translation>请关闭其他程序，或选择较小的模型、批大小或图片尺寸。</translation>
    </message>
    <message>
        <source>Close other programs, or choose smaller images, to train faster.</source>
        <translation>关闭其他程序或选择更小的图片，可加快训练。</translation>
    </message>
    <message>
        <source>Close the app and start it again.</source>
        <translation>请关闭应用，然后重新启动。</translation>
    </message>
    <message>
        <source>Close the other window or program that uses it and open it again.</source>
        <translation>请关闭正在使用它的窗口或程序，然后重新打开。</translation>
    </message>
    <message>
        <source>Cohen&apos;s kappa</source>
        <translation>Cohen&apos;s kappa 系数</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>色彩</translation>
    </message>
    <message>
        <source>Comparing the file with the app…</source>
        <translation>正在将文件与本应用对照…</translation>
    </message>
    <message>
        <source>Compiled</source>
        <translation>编译</translation>
    </message>
    <message>
        <source>Compiling the network failed; it is trained as it is.</source>
        <translation>编译网络失败；将按原样训练。</translation>
    </message>
    <message>
        <source>Compiling the network for this computer …</source>
        <translation>正在为这台计算机编译网络…</translation>
    </message>
    <message>
        <source>Computes on</source>
        <translation>计算设备</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>置信度</translation>
    </message>
    <message>
        <source>Connect its drive and import it again; what was read is kept.</source>
        <translation>请连接驱动器后重新导入；已读取的内容会保留。</translation>
    </message>
    <message>
        <source>Connect its drive or put it back, or import the images from a new place.</source>
        <translation>请连接其磁盘或将其放回原处，或从新的位置导入图片。</translation>
    </message>
    <message>
        <source>Connect the drive with the images again.</source>
        <translation>请重新连接存放图片的驱动器。</translation>
    </message>
    <message>
        <source>Connect their drive, or import the folder from its new place.</source>
        <translation>请连接其磁盘，或从新的位置导入文件夹。</translation>
    </message>
    <message>
        <source>Connect to the network once, or choose a weights file (.pth, .safetensors).</source>
        <translation>请联网一次，或选择权重文件（.pth、.safetensors）。</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>对比度</translation>
    </message>
    <message>
        <source>Copies add nothing to learn and count several times. Keep one of each.</source>
        <translation>副本不能带来新信息，却会被重复计算。每组保留一张。</translation>
    </message>
    <message>
        <source>Copies and series of one moment were drawn together.</source>
        <translation>副本和同一时刻的连拍一起抽取，不会分开。</translation>
    </message>
    <message>
        <source>Copies left out: {count}</source>
        <translation>排除的副本：{count}</translation>
    </message>
    <message>
        <source>Copies of other images: {count}</source>
        <translation>其他图片的副本：{count}</translation>
    </message>
    <message>
        <source>Copy it again, or make it again; nothing was taken from it.</source>
        <translation>请重新复制或重新制作；未采用其中任何内容。</translation>
    </message>
    <message>
        <source>Copy it again, or unpack it yourself and choose the folder.</source>
        <translation>请重新复制，或自行解压后选择该文件夹。</translation>
    </message>
    <message>
        <source>Copy or download it again.</source>
        <translation>请重新复制或下载。</translation>
    </message>
    <message>
        <source>Copy or download this file again; nothing was installed.</source>
        <translation>请重新复制或下载该文件；未安装任何内容。</translation>
    </message>
    <message>
        <source>Copy or drag an image, or files from the file manager.</source>
        <translation>请复制或拖入一张图片，或文件管理器中的文件。</translation>
    </message>
    <message>
        <source>Copy the image there (right click) and paste it here.</source>
        <translation>请在浏览器中复制图片（右键单击），再粘贴到这里。</translation>
    </message>
    <message>
        <source>CutMix</source>
        <translation>CutMix</translation>
    </message>
    <message>
        <source>Decoded images cannot be kept ({reason}): every epoch opens the files again.</source>
        <translation>无法缓存解码后的图片（{reason}）：每一轮都会重新打开文件。</translation>
    </message>
    <message>
        <source>Delete this file and import the folder again; trained models are not concerned.</source>
        <translation>请删除此文件并重新导入文件夹；已训练的模型不受影响。</translation>
    </message>
    <message>
        <source>Deterministic</source>
        <translation>确定性</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>计算设备</translation>
    </message>
    <message>
        <source>Did you mean: {names}?</source>
        <translation>是不是指：{names}？</translation>
    </message>
    <message>
        <source>Dots above the dotted line: it is right more often than it says; below: less often. Upright lines: 95 % intervals.</source>
        <translation>点在虚线上方：实际正确率高于它所说的；下方：低于它所说的。竖线：95 % 区间。</translation>
    </message>
    <message>
        <source>Download it again.</source>
        <translation>请重新下载。</translation>
    </message>
    <message>
        <source>Download its weights, or choose another teacher.</source>
        <translation>请下载它的权重，或选择另一位教师。</translation>
    </message>
    <message>
        <source>Download or copy it again.</source>
        <translation>请重新下载或复制。</translation>
    </message>
    <message>
        <source>Download them first.</source>
        <translation>请先下载。</translation>
    </message>
    <message>
        <source>Downloaded weights</source>
        <translation>已下载的权重</translation>
    </message>
    <message>
        <source>Downloading</source>
        <translation>正在下载</translation>
    </message>
    <message>
        <source>Downloading the GPU pack</source>
        <translation>下载 GPU 包</translation>
    </message>
    <message>
        <source>Draw it on the upright image; a smaller size will do.</source>
        <translation>请在摆正后的图片上绘制；尺寸可以更小。</translation>
    </message>
    <message>
        <source>Drop pictures on it. They do not leave the computer.</source>
        <translation>把图片拖到页面上。图片不会离开这台电脑。</translation>
    </message>
    <message>
        <source>Drop the folder that has both the table and the images in it.</source>
        <translation>请拖入同时包含表格和图片的文件夹。</translation>
    </message>
    <message>
        <source>Dropout</source>
        <translation>随机失活（Dropout）</translation>
    </message>
    <message>
        <source>Each class</source>
        <translation>各个类别</translation>
    </message>
    <message>
        <source>Each needs two images of every batch: choose a larger batch size.</source>
        <translation>每个进程在每个批次中至少需要两张图片：请选择更大的批量。</translation>
    </message>
    <message>
        <source>Each stage learns at this share of the rate of the stage behind it, so that what is general changes least; 1: all alike. 0.7 is usual.</source>
        <translation>每个阶段的学习率是其后一阶段的这一比例，使通用的部分变化最小；1 为全部相同。常用 0.7。</translation>
    </message>
    <message>
        <source>Earlier stages</source>
        <translation>前面的阶段</translation>
    </message>
    <message>
        <source>Early stopping</source>
        <translation>提前停止</translation>
    </message>
    <message>
        <source>EffNet Studio cannot begin with {name}.</source>
        <translation>EffNet Studio 无法从 {name} 开始。</translation>
    </message>
    <message>
        <source>EffNet Studio {version}</source>
        <translation>EffNet Studio {version}</translation>
    </message>
    <message>
        <source>Effective-number weights</source>
        <translation>有效样本数权重</translation>
    </message>
    <message>
        <source>EfficientNet and MobileNetV3 have them; or choose Grad-CAM.</source>
        <translation>EfficientNet 和 MobileNetV3 具有该模块；或选择 Grad-CAM。</translation>
    </message>
    <message>
        <source>Ended after epoch {epoch}: nothing better came in {count} epochs.</source>
        <translation>在第 {epoch} 轮后结束：{count} 轮内没有更好的结果。</translation>
    </message>
    <message>
        <source>Ends the training when so many epochs have brought nothing better; 0: off.</source>
        <translation>连续这么多轮没有更好结果时结束训练；0 为关闭。</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>运行环境</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>轮次</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>训练轮数</translation>
    </message>
    <message>
        <source>Ethical considerations</source>
        <translation>伦理考量</translation>
    </message>
    <message>
        <source>Evaluation data</source>
        <translation>评估数据</translation>
    </message>
    <message>
        <source>Every image was recognised.</source>
        <translation>所有图片均识别正确。</translation>
    </message>
    <message>
        <source>Every image was recognised: no group can be worse.</source>
        <translation>每张图片都识别正确：没有哪一组更差。</translation>
    </message>
    <message>
        <source>ExecuTorch</source>
        <translation>ExecuTorch</translation>
    </message>
    <message>
        <source>Expected calibration error</source>
        <translation>期望校准误差</translation>
    </message>
    <message>
        <source>Export deleted</source>
        <translation>删除导出</translation>
    </message>
    <message>
        <source>Export the model again, or choose another file.</source>
        <translation>请重新导出模型，或选择其他文件。</translation>
    </message>
    <message>
        <source>Export the model again.</source>
        <translation>请重新导出模型。</translation>
    </message>
    <message>
        <source>Export the model in the format onnx or onnx-int8.</source>
        <translation>请以 onnx 或 onnx-int8 格式导出模型。</translation>
    </message>
    <message>
        <source>Exports put back</source>
        <translation>放回导出</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1</translation>
    </message>
    <message>
        <source>F1, the balance of precision and recall, averaged over the classes.</source>
        <translation>F1（精确率与召回率的平衡），按类别平均。</translation>
    </message>
    <message>
        <source>F1, the balance of precision and recall, averaged over the images.</source>
        <translation>F1（精确率与召回率的平衡），按图片平均。</translation>
    </message>
    <message>
        <source>Factors</source>
        <translation>影响因素</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>File and app on the same image files</source>
        <translation>文件与本应用判断同样的图片文件</translation>
    </message>
    <message>
        <source>File size</source>
        <translation>文件大小</translation>
    </message>
    <message>
        <source>File type</source>
        <translation>文件类型</translation>
    </message>
    <message>
        <source>File: {answer}</source>
        <translation>文件：{answer}</translation>
    </message>
    <message>
        <source>Files of this kind can run any program when they are opened, so this app never does. Choose a project, a run or an exported .onnx file.</source>
        <translation>打开这类文件时可能会运行任意程序，因此本应用从不打开它们。请选择项目、训练记录或导出的 .onnx 文件。</translation>
    </message>
    <message>
        <source>Files that cannot be read: {count}</source>
        <translation>无法读取的文件：{count}</translation>
    </message>
    <message>
        <source>Final learning rate</source>
        <translation>最终学习率</translation>
    </message>
    <message>
        <source>First image size</source>
        <translation>起始图片尺寸</translation>
    </message>
    <message>
        <source>Focal loss</source>
        <translation>Focal loss</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>For Intel&apos;s and AMD&apos;s processors; gives exactly the app&apos;s answers.</source>
        <translation>用于 Intel 和 AMD 处理器；答案与本应用完全一致。</translation>
    </message>
    <message>
        <source>For telephones and small computers, formerly TensorFlow Lite.</source>
        <translation>用于手机和小型电脑，前身为 TensorFlow Lite。</translation>
    </message>
    <message>
        <source>For {named} of {images} images the folder or table named the part.</source>
        <translation>{images} 张图片中有 {named} 张由文件夹或表格指定所属部分。</translation>
    </message>
    <message>
        <source>Free some space and try again.</source>
        <translation>请腾出一些空间后重试。</translation>
    </message>
    <message>
        <source>Free some space in {folder}.</source>
        <translation>请在 {folder} 中腾出一些空间。</translation>
    </message>
    <message>
        <source>Free some space on the project&apos;s drive and import it again.</source>
        <translation>请在项目所在的驱动器上腾出空间后重新导入。</translation>
    </message>
    <message>
        <source>Free some space on the project&apos;s drive to train faster.</source>
        <translation>请在项目所在的磁盘上腾出一些空间，以加快训练。</translation>
    </message>
    <message>
        <source>Free some space or choose another folder; nothing written before is lost.</source>
        <translation>请腾出一些空间或选择其他文件夹；之前写入的内容没有丢失。</translation>
    </message>
    <message>
        <source>Free some space.</source>
        <translation>请腾出一些空间。</translation>
    </message>
    <message>
        <source>Frozen stages</source>
        <translation>冻结阶段数</translation>
    </message>
    <message>
        <source>Frozen stages are thawed one after the other, the one nearest the answer first, each after so many epochs; 0: they stay frozen.</source>
        <translation>每隔这么多轮解冻一个阶段，从最靠近输出的开始；0 为一直冻结。</translation>
    </message>
    <message>
        <source>Frozen stages keep their random weights and learn nothing.</source>
        <translation>被冻结的阶段会保持随机权重，什么也学不到。</translation>
    </message>
    <message>
        <source>GPU pack</source>
        <translation>GPU 包</translation>
    </message>
    <message>
        <source>Get the newer EffNet Studio where you got this one to open it; nothing was changed.</source>
        <translation>请从当初获取本程序的地方获取新版 EffNet Studio 后再打开；没有改动任何内容。</translation>
    </message>
    <message>
        <source>Get the newer EffNet Studio where you got this one; the run was not changed.</source>
        <translation>请从当初获取本程序的地方获取新版 EffNet Studio；这次训练没有被改动。</translation>
    </message>
    <message>
        <source>Getting ready</source>
        <translation>正在准备</translation>
    </message>
    <message>
        <source>Give RGB pixels: uint8, shape (height, width, 3).</source>
        <translation>请提供 RGB 像素：uint8，形状为（高，宽，3）。</translation>
    </message>
    <message>
        <source>Give a .pth or .safetensors file, or auto, imagenet, starter or none.</source>
        <translation>请提供 .pth 或 .safetensors 文件，或 auto、imagenet、starter、none。</translation>
    </message>
    <message>
        <source>Give a whole number of pixels.</source>
        <translation>请输入整数像素值。</translation>
    </message>
    <message>
        <source>Give each class a sub-folder with its images, such as bees and ants.</source>
        <translation>请为每个类别建一个子文件夹存放图片，例如蜜蜂和蚂蚁。</translation>
    </message>
    <message>
        <source>Give left, top, width and height as shares of it, such as 0,0,0.25,0.25.</source>
        <translation>请以图片的比例给出左、上、宽、高，例如 0,0,0.25,0.25。</translation>
    </message>
    <message>
        <source>Give left, top, width and height in pixels, such as 10,20,100,80.</source>
        <translation>请以像素给出左、上、宽、高，例如 10,20,100,80。</translation>
    </message>
    <message>
        <source>Give more of the name: {runs}.</source>
        <translation>请输入更完整的名称：{runs}。</translation>
    </message>
    <message>
        <source>Give one that begins with http:// in the settings, or direct for none.</source>
        <translation>请在设置中填写以 http:// 开头的代理，或填 direct 表示不使用代理。</translation>
    </message>
    <message>
        <source>Gradient clipping</source>
        <translation>梯度裁剪</translation>
    </message>
    <message>
        <source>Groups or conditions for which it may do worse:</source>
        <translation>哪些群体或条件下可能表现较差：</translation>
    </message>
    <message>
        <source>HEIC images need a part that is not installed.</source>
        <translation>HEIC 图片需要一个尚未安装的组件。</translation>
    </message>
    <message>
        <source>Half the size; probabilities may differ in the third decimal.</source>
        <translation>大小减半；概率可能在第三位小数上有差异。</translation>
    </message>
    <message>
        <source>Hard links need the same drive, symbolic links a system and a drive that allow them. Choose a folder beside the images, or copy them.</source>
        <translation>硬链接要求在同一磁盘上，符号链接要求系统和磁盘允许。请选择图片旁边的文件夹，或改为复制。</translation>
    </message>
    <message>
        <source>How far confidence and accuracy are apart; 0 is perfect.</source>
        <translation>置信度与准确率相差多少；0 为完美。</translation>
    </message>
    <message>
        <source>How far the answers surpass guessing: 0 is no better, 1 is all right.</source>
        <translation>答案比随机猜测好多少：0 表示不比猜测好，1 表示全部答对。</translation>
    </message>
    <message>
        <source>How many stages, from the input on, keep what they know. More is faster and needs fewer images; less adapts better.</source>
        <translation>从输入端起保持原有知识不变的阶段数。越多越快，所需图片也越少；越少则越能适应你的图片。</translation>
    </message>
    <message>
        <source>How much it counts that the last two stages respond to the same places as the teacher&apos;s; 0: not at all. 50 is a good start.</source>
        <translation>最后两个阶段与教师关注相同位置的重要程度；0 为不考虑。可从 50 开始。</translation>
    </message>
    <message>
        <source>How much less images count that are already answered well; 0: all alike. 2 is usual where a few classes are rare or hard.</source>
        <translation>已答得好的图片的权重降低多少；0 为全部相同。少数类别稀有或困难时常用 2。</translation>
    </message>
    <message>
        <source>How much the teacher&apos;s answers count, against the labels.</source>
        <translation>教师的回答相对于标签的比重。</translation>
    </message>
    <message>
        <source>How often every training image is seen.</source>
        <translation>每张训练图片被看多少遍。</translation>
    </message>
    <message>
        <source>How strongly training images are varied (crop, mirror, colour, RandAugment).</source>
        <translation>训练图片变换的强度（裁剪、镜像、颜色、RandAugment）。</translation>
    </message>
    <message>
        <source>How sure it is</source>
        <translation>确信程度</translation>
    </message>
    <message>
        <source>How surprised the model is by the true classes: less is better, and confident errors cost most.</source>
        <translation>真实类别让模型有多意外：越小越好，自信的错误代价最大。</translation>
    </message>
    <message>
        <source>How they were divided</source>
        <translation>数据划分</translation>
    </message>
    <message>
        <source>How well answers and classes agree: 0 is no better than guessing, 1 is all right.</source>
        <translation>答案与类别的一致程度：0 表示不比猜测好，1 表示全部答对。</translation>
    </message>
    <message>
        <source>If this happens again, choose a lower learning rate.</source>
        <translation>如果再次发生，请选择更低的学习率。</translation>
    </message>
    <message>
        <source>Image size</source>
        <translation>图片尺寸</translation>
    </message>
    <message>
        <source>ImageNet weights: {model} has learned from 1.28 million photographs of 1,000 kinds of things (top-1 {top1:.1f} %).</source>
        <translation>ImageNet 权重：{model} 学习过 1,000 类事物的 128 万张照片（top-1 {top1:.1f} %）。</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Images at once</source>
        <translation>同时计算的图片</translation>
    </message>
    <message>
        <source>Images both learned from and checked with: {groups}</source>
        <translation>既用于学习又用于检验的图片：{groups}</translation>
    </message>
    <message>
        <source>Images by class (rows) and answer (columns)</source>
        <translation>按类别（行）和回答（列）统计的图片数</translation>
    </message>
    <message>
        <source>Images by confidence; {count} of {images} answers are more than 90 % sure.</source>
        <translation>按置信度统计的图片数；{images} 个回答中有 {count} 个置信度超过 90 %。</translation>
    </message>
    <message>
        <source>Images cleared</source>
        <translation>清除图片</translation>
    </message>
    <message>
        <source>Images computed together; a step adds up as many such parts as the batch size needs. Smaller takes less memory; empty: all at once.</source>
        <translation>同时计算的图片数；每一步把若干这样的部分累加到批量大小。越小越省内存；留空：一次全部计算。</translation>
    </message>
    <message>
        <source>Images given the class of their copies: {count}, left out: {unclear}</source>
        <translation>归入其副本类别的图片：{count}，排除：{unclear}</translation>
    </message>
    <message>
        <source>Images given the class {name}: {count}</source>
        <translation>归入类别 {name} 的图片：{count}</translation>
    </message>
    <message>
        <source>Images kept apart for a last check: {count}</source>
        <translation>留作最后检验的图片：{count}</translation>
    </message>
    <message>
        <source>Images left out: {count}</source>
        <translation>排除的图片：{count}</translation>
    </message>
    <message>
        <source>Images moved to test: {count}</source>
        <translation>移到测试部分的图片：{count}</translation>
    </message>
    <message>
        <source>Images moved to the side of their copies: {count}</source>
        <translation>移到其副本所在部分的图片：{count}</translation>
    </message>
    <message>
        <source>Images moved to training: {count}</source>
        <translation>移到训练部分的图片：{count}</translation>
    </message>
    <message>
        <source>Images moved to validation: {count}</source>
        <translation>移到验证部分的图片：{count}</translation>
    </message>
    <message>
        <source>Images of each class</source>
        <translation>各类别的图片数</translation>
    </message>
    <message>
        <source>Images of that version that are not in the project any more: {count}.</source>
        <translation>该版本中已不在项目里的图片：{count} 张。</translation>
    </message>
    <message>
        <source>Images or labels have changed since; the certificate speaks of those before.</source>
        <translation>此后图片或标签有变化；证书说的是变化之前的情况。</translation>
    </message>
    <message>
        <source>Images per step.</source>
        <translation>每一步使用的图片数。</translation>
    </message>
    <message>
        <source>Images reviewed: {count}</source>
        <translation>已审核的图片：{count}</translation>
    </message>
    <message>
        <source>Images since the training: {added} added, {removed} taken away, {relabelled} given another class, {moved} moved to another part.</source>
        <translation>训练之后的图片变化：新增 {added} 张，移除 {removed} 张，改了类别 {relabelled} 张，换了数据部分 {moved} 张。</translation>
    </message>
    <message>
        <source>Images taken in again: {count}</source>
        <translation>重新采用的图片：{count}</translation>
    </message>
    <message>
        <source>Images that are added later never move the old ones.</source>
        <translation>之后添加的图片不会改变原有图片的划分。</translation>
    </message>
    <message>
        <source>Images that are like neither those it learned from nor those of {name} can give other figures: another camera, place, season or background.</source>
        <translation>与训练图片和 {name} 中的图片都不相似的图片，结果可能不同：换了相机、地点、季节或背景。</translation>
    </message>
    <message>
        <source>Images that cannot be judged: {count}</source>
        <translation>无法判断的图片：{count}</translation>
    </message>
    <message>
        <source>Images that cannot be read and are passed over: {count}.</source>
        <translation>无法读取而跳过的图片：{count} 张。</translation>
    </message>
    <message>
        <source>Images that cannot be read and were not judged: {count}.</source>
        <translation>无法读取、未作判断的图片：{count} 张。</translation>
    </message>
    <message>
        <source>Images that cannot be read: {count}.</source>
        <translation>无法读取的图片：{count} 张。</translation>
    </message>
    <message>
        <source>Images that could not be read and count nowhere: {count}.</source>
        <translation>无法读取、不计入任何统计的图片：{count} 张。</translation>
    </message>
    <message>
        <source>Images that only one of the runs gets right: {ahead} each. There is no difference in accuracy.</source>
        <translation>只有其中一次训练答对的图片各有 {ahead} 张，准确率没有差别。</translation>
    </message>
    <message>
        <source>Images that show nothing: {count}</source>
        <translation>没有内容的图片：{count}</translation>
    </message>
    <message>
        <source>Images with another answer</source>
        <translation>回答不同的图片</translation>
    </message>
    <message>
        <source>Images without colour: {count}</source>
        <translation>没有颜色的图片：{count}</translation>
    </message>
    <message>
        <source>Images: {count}</source>
        <translation>图片：{count} 张</translation>
    </message>
    <message>
        <source>Import a folder with one sub-folder for each class.</source>
        <translation>请导入每个类别各有一个子文件夹的文件夹。</translation>
    </message>
    <message>
        <source>Import a folder with one sub-folder of images for each class.</source>
        <translation>请导入每个类别各有一个图片子文件夹的文件夹。</translation>
    </message>
    <message>
        <source>Import images first, or move some to the training part.</source>
        <translation>请先导入图片，或将一部分图片移到训练集。</translation>
    </message>
    <message>
        <source>Import the folder again if its images were moved or changed.</source>
        <translation>如果图片被移动或修改过，请重新导入文件夹。</translation>
    </message>
    <message>
        <source>Import the folder again with a larger share for it, or choose another part.</source>
        <translation>请以更大的比例重新导入文件夹，或选择其他部分。</translation>
    </message>
    <message>
        <source>Import the folder again with a share for validation.</source>
        <translation>请重新导入文件夹，并为验证集留出一定比例。</translation>
    </message>
    <message>
        <source>Import the folder again with a validation share above 0, such as 0.2.</source>
        <translation>请以大于 0 的验证集比例（例如 0.2）重新导入文件夹。</translation>
    </message>
    <message>
        <source>In 8 bits a few answers may change; Export compares them.</source>
        <translation>8 位量化后少数结果可能改变；导出时会进行比较。</translation>
    </message>
    <message>
        <source>In both directions</source>
        <translation>左右和上下</translation>
    </message>
    <message>
        <source>Inherited from {donor}: {account}</source>
        <translation>继承自 {donor}：{account}</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Input size</source>
        <translation>输入尺寸</translation>
    </message>
    <message>
        <source>Inside</source>
        <translation>框内</translation>
    </message>
    <message>
        <source>Install NVIDIA&apos;s newest driver from {address}, then add the GPU pack: {sizes}.</source>
        <translation>请先从 {address} 安装最新的 NVIDIA 驱动程序，再安装 GPU 包：{sizes}。</translation>
    </message>
    <message>
        <source>Install a compiler for C++17, CMake, libjpeg and libpng; on Debian and Ubuntu:</source>
        <translation>安装支持 C++17 的编译器、CMake、libjpeg 和 libpng；在 Debian 和 Ubuntu 上：</translation>
    </message>
    <message>
        <source>Install a font, such as Noto Sans, or write an .html file.</source>
        <translation>请安装字体（例如 Noto Sans），或改写 .html 文件。</translation>
    </message>
    <message>
        <source>Install it again, or export in the format {name}.</source>
        <translation>请重新安装，或导出为 {name} 格式。</translation>
    </message>
    <message>
        <source>Install it first.</source>
        <translation>请先安装它。</translation>
    </message>
    <message>
        <source>Install it with {command}, or save the image as JPEG.</source>
        <translation>请用 {command} 安装，或将图片另存为 JPEG。</translation>
    </message>
    <message>
        <source>Install one, such as Noto Sans CJK (on Debian and Ubuntu the package fonts-noto-cjk), and start EffNet Studio again.</source>
        <translation>请安装一种，例如 Noto Sans CJK（Debian 和 Ubuntu 上的软件包是 fonts-noto-cjk），然后重新启动 EffNet Studio。</translation>
    </message>
    <message>
        <source>Install the PyTorch that fits the card, with these two commands.</source>
        <translation>请用这两条命令安装与显卡匹配的 PyTorch。</translation>
    </message>
    <message>
        <source>Install the app anew, with its newest installer.</source>
        <translation>请用最新的安装包重新安装应用。</translation>
    </message>
    <message>
        <source>Install the app anew.</source>
        <translation>请重新安装应用。</translation>
    </message>
    <message>
        <source>Installing a converter for an export format</source>
        <translation>安装导出格式的转换器</translation>
    </message>
    <message>
        <source>Installing the converter for {name} …</source>
        <translation>正在安装 {name} 的转换器…</translation>
    </message>
    <message>
        <source>Instant</source>
        <translation>即时</translation>
    </message>
    <message>
        <source>Instant, Balanced or Best: presets fill in the rest.</source>
        <translation>即时、均衡或最佳：预设会填好其余设置。</translation>
    </message>
    <message>
        <source>Instruction sets</source>
        <translation>指令集</translation>
    </message>
    <message>
        <source>Intended use</source>
        <translation>预期用途</translation>
    </message>
    <message>
        <source>It belongs to the operating system.</source>
        <translation>它属于操作系统。</translation>
    </message>
    <message>
        <source>It can be removed: {size:.1f} GB.</source>
        <translation>可以移除，释放 {size:.1f} GB。</translation>
    </message>
    <message>
        <source>It cannot be read: {reason}.</source>
        <translation>无法读取：{reason}。</translation>
    </message>
    <message>
        <source>It could not be opened on this computer, so nothing is known of its answers.</source>
        <translation>在这台电脑上无法打开它，因此不知道它会如何回答。</translation>
    </message>
    <message>
        <source>It gives another answer than the app on {different} of {images} {part} images.</source>
        <translation>在 {images} 张{part}图片中，有 {different} 张的回答与本应用不同。</translation>
    </message>
    <message>
        <source>It gives another answer than the app on {different} of {images} {part} images: &quot;none of these&quot; instead of a class on {silenced}, a class instead of &quot;none of these&quot; on {answered}, another class on {other}.</source>
        <translation>在 {images} 张{part}图片中，有 {different} 张的回答与应用不同：{silenced} 张本应给出类别却回答“不属于任何类别”，{answered} 张本应回答“不属于任何类别”却给出类别，{other} 张给出另一类别。</translation>
    </message>
    <message>
        <source>It goes on by itself when this is mended.</source>
        <translation>问题解决后会自动继续。</translation>
    </message>
    <message>
        <source>It is a link that leads nowhere.</source>
        <translation>它是一个失效的链接。</translation>
    </message>
    <message>
        <source>It is an EffNet Studio project.</source>
        <translation>它是一个 EffNet Studio 项目。</translation>
    </message>
    <message>
        <source>It is empty.</source>
        <translation>它是空的。</translation>
    </message>
    <message>
        <source>It is hidden.</source>
        <translation>它是隐藏文件。</translation>
    </message>
    <message>
        <source>It is made for another program. To look at answers here, export the same model as ONNX and open that .onnx file. If this app exported the file, its certificate says whether both answer alike: the answers were compared then.</source>
        <translation>该文件供其他程序使用。要在这里查看回答，请将同一模型导出为 ONNX，然后打开该 .onnx 文件。如果该文件由本应用导出，其证书会说明两者的回答是否一致：导出时已做过比较。</translation>
    </message>
    <message>
        <source>It is not an image.</source>
        <translation>它不是图片。</translation>
    </message>
    <message>
        <source>It is not an ordinary file.</source>
        <translation>它不是普通文件。</translation>
    </message>
    <message>
        <source>It knows {count} classes and always answers with one of them, whatever the image shows.</source>
        <translation>它认识 {count} 个类别，无论图片内容是什么，总会回答其中之一。</translation>
    </message>
    <message>
        <source>It knows {count} classes and says &quot;none of these&quot; where it is too unsure of all of them: to {rejected} of {images} validation images, and {right} of its other answers were right. Images of something else can still get an answer.</source>
        <translation>它认识 {count} 个类别，对所有类别都不够确信时回答“不属于任何类别”：{images} 张验证图片中有 {rejected} 张如此，其余回答中 {right} 正确。内容不属于这些类别的图片仍可能得到回答。</translation>
    </message>
    <message>
        <source>It lies outside the class folders.</source>
        <translation>它不在类别文件夹内。</translation>
    </message>
    <message>
        <source>It lies outside the folders train, val and test.</source>
        <translation>它不在 train、val 和 test 文件夹内。</translation>
    </message>
    <message>
        <source>It loses {lost} points of accuracy on the {part} images; {allowed} are allowed.</source>
        <translation>在{part}图片上，准确率损失 {lost} 个百分点；允许 {allowed}。</translation>
    </message>
    <message>
        <source>It may be damaged or made to do harm. Unpack it yourself if you trust it.</source>
        <translation>它可能已损坏或有恶意。如果你信任它，请自行解压。</translation>
    </message>
    <message>
        <source>It may be made to do harm. Unpack it yourself if you trust it.</source>
        <translation>它可能有恶意。如果你信任它，请自行解压。</translation>
    </message>
    <message>
        <source>It may have been deleted for good.</source>
        <translation>它可能已被永久删除。</translation>
    </message>
    <message>
        <source>It may have been renamed or merged meanwhile.</source>
        <translation>它可能已被重命名或合并。</translation>
    </message>
    <message>
        <source>It must be between {low:g} and {high:g}.</source>
        <translation>必须在 {low:g} 和 {high:g} 之间。</translation>
    </message>
    <message>
        <source>It must begin with https:// or http://.</source>
        <translation>必须以 https:// 或 http:// 开头。</translation>
    </message>
    <message>
        <source>It needs a CSV file with a column for the file and one for the class.</source>
        <translation>需要一个 CSV 文件，其中一列是文件，一列是类别。</translation>
    </message>
    <message>
        <source>It sees a square of {size} × {size} pixels from the middle of the image; what is finer or lies outside, it does not see.</source>
        <translation>它看到的是图片中央 {size} × {size} 像素的正方形；更细的细节和此范围之外的内容它看不到。</translation>
    </message>
    <message>
        <source>It should take RGB images (n, 3, size, size) and give scores (n, classes); found: {found}.</source>
        <translation>它应接收 RGB 图片（n, 3, 尺寸, 尺寸）并输出得分（n, 类别数）；实际为：{found}。</translation>
    </message>
    <message>
        <source>It takes a C++ compiler, or Triton on a graphics card.</source>
        <translation>需要 C++ 编译器；使用显卡时需要 Triton。</translation>
    </message>
    <message>
        <source>It vanished while the folder was read.</source>
        <translation>读取文件夹时它消失了。</translation>
    </message>
    <message>
        <source>It was measured on images from the same collection that it learned from. Another camera, place, season or background can make it worse; try it on a few of your own first.</source>
        <translation>它是在与训练图片同一来源的图片上测量的。换了相机、地点、季节或背景，效果可能变差；请先用几张自己的图片试一试。</translation>
    </message>
    <message>
        <source>It was not made by EffNet Studio, or was changed; nothing was taken from it.</source>
        <translation>它不是由 EffNet Studio 制作的，或已被更改；未采用其中任何内容。</translation>
    </message>
    <message>
        <source>Its attention</source>
        <translation>教师的注意力</translation>
    </message>
    <message>
        <source>Its best model can still be used; start a new training to go on.</source>
        <translation>其最佳模型仍可使用；如需继续，请开始新的训练。</translation>
    </message>
    <message>
        <source>Its channels are numbered from 0 to {last}.</source>
        <translation>其通道编号为 0 到 {last}。</translation>
    </message>
    <message>
        <source>Its classes are numbered 0 to {last}.</source>
        <translation>其类别编号为 0 到 {last}。</translation>
    </message>
    <message>
        <source>Its classes are: {names}.</source>
        <translation>其类别为：{names}。</translation>
    </message>
    <message>
        <source>Its first line must be: file,x,y,w,h.</source>
        <translation>第一行必须是：file,x,y,w,h。</translation>
    </message>
    <message>
        <source>Its name says no class.</source>
        <translation>从文件名看不出类别。</translation>
    </message>
    <message>
        <source>Its other files are untouched; the other runs can still be used.</source>
        <translation>其他文件未受影响；其他训练记录仍可使用。</translation>
    </message>
    <message>
        <source>Its share</source>
        <translation>教师的比重</translation>
    </message>
    <message>
        <source>Its sub-folders look like classes: choose {path}.</source>
        <translation>其子文件夹看起来就是类别：请选择 {path}。</translation>
    </message>
    <message>
        <source>Judged by colours and edges only.</source>
        <translation>仅依据颜色和边缘判断。</translation>
    </message>
    <message>
        <source>Judged by what your model {model} sees in the images.</source>
        <translation>依据你的模型 {model} 在图片中看到的内容判断。</translation>
    </message>
    <message>
        <source>Judged by what {model} has learned from the photographs of ImageNet.</source>
        <translation>依据 {model} 从 ImageNet 照片中学到的内容判断。</translation>
    </message>
    <message>
        <source>Keep the preset&apos;s rate, or check that the images fit their classes.</source>
        <translation>请保留预设的学习率，或检查图片与类别是否相符。</translation>
    </message>
    <message>
        <source>Keeps what the server does not need out of the container.</source>
        <translation>让服务器用不到的文件不进入容器。</translation>
    </message>
    <message>
        <source>Kept variants</source>
        <translation>保留的变体</translation>
    </message>
    <message>
        <source>Known settings: {names}.</source>
        <translation>可用的设置：{names}。</translation>
    </message>
    <message>
        <source>Label smoothing</source>
        <translation>标签平滑</translation>
    </message>
    <message>
        <source>Largest difference</source>
        <translation>最大差异</translation>
    </message>
    <message>
        <source>Largest length of a step&apos;s gradient; longer ones are shortened to it, so that one odd batch does no harm. 0: off.</source>
        <translation>每一步梯度的最大长度；超出的会被缩短，使个别异常批次不造成损害。0 为关闭。</translation>
    </message>
    <message>
        <source>Layouts are: {names}.</source>
        <translation>可用的布局：{names}。</translation>
    </message>
    <message>
        <source>Lays two training images over each other and asks for both classes; 0: off. Higher mixes more evenly; 0.2 is usual.</source>
        <translation>将两张训练图片叠在一起并要求识别两个类别；0 为关闭。数值越大混合越均匀；常用 0.2。</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Leave the class out, or choose Grad-CAM.</source>
        <translation>请不要指定类别，或选择 Grad-CAM。</translation>
    </message>
    <message>
        <source>Leave the class out, or choose another method, such as Grad-CAM.</source>
        <translation>请不要指定类别，或选择其他方法，例如 Grad-CAM。</translation>
    </message>
    <message>
        <source>Leave them out, unless the model will meet such images later.</source>
        <translation>除非模型以后会遇到这样的图片，否则请排除它们。</translation>
    </message>
    <message>
        <source>Left and right</source>
        <translation>左右</translation>
    </message>
    <message>
        <source>Let it train for at least one epoch, or choose another run.</source>
        <translation>请至少训练一轮，或选择其他训练记录。</translation>
    </message>
    <message>
        <source>Let the training end, or close the other window, and try again.</source>
        <translation>请等训练结束或关闭另一个窗口后重试。</translation>
    </message>
    <message>
        <source>Licence of this model:</source>
        <translation>本模型的许可：</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>轻微</translation>
    </message>
    <message>
        <source>Limits of use</source>
        <translation>使用限制</translation>
    </message>
    <message>
        <source>Line {line} of the table of boxes is no box.</source>
        <translation>方框表的第 {line} 行不是方框。</translation>
    </message>
    <message>
        <source>Links of this kind to the images cannot be made in {folder}.</source>
        <translation>无法在 {folder} 中为图片创建这种链接。</translation>
    </message>
    <message>
        <source>LiteRT</source>
        <translation>LiteRT</translation>
    </message>
    <message>
        <source>LiteRT, 8-bit</source>
        <translation>LiteRT，8 位</translation>
    </message>
    <message>
        <source>Loader threads</source>
        <translation>加载线程数</translation>
    </message>
    <message>
        <source>Log-loss</source>
        <translation>对数损失</translation>
    </message>
    <message>
        <source>Looking whether pre-trained weights can be downloaded</source>
        <translation>查看能否下载预训练权重</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Loss over the epochs; at the end {train} in training, {val} in validation.</source>
        <translation>各轮的损失；最后训练为 {train}，验证为 {val}。</translation>
    </message>
    <message>
        <source>MPS exists on Apple computers only.</source>
        <translation>MPS 仅存在于 Apple 电脑上。</translation>
    </message>
    <message>
        <source>MPS needs Apple silicon and macOS 14 or later.</source>
        <translation>MPS 需要 Apple 芯片和 macOS 14 或更高版本。</translation>
    </message>
    <message>
        <source>MPS was asked for.</source>
        <translation>按照选择使用 MPS。</translation>
    </message>
    <message>
        <source>Macro F1</source>
        <translation>宏平均 F1</translation>
    </message>
    <message>
        <source>Made by EffNet Studio {app} on {date}. Intervals hold the true figure in 95 of 100 cases, if new images are like these.</source>
        <translation>由 EffNet Studio {app} 于 {date} 生成。如果新图片与这些相似，100 次中有 95 次真实值落在区间内。</translation>
    </message>
    <message>
        <source>Made for</source>
        <translation>用途</translation>
    </message>
    <message>
        <source>Made on</source>
        <translation>制作日期</translation>
    </message>
    <message>
        <source>Make a new project from the same images; they are untouched.</source>
        <translation>请用同样的图片新建项目；图片未受影响。</translation>
    </message>
    <message>
        <source>Make one with EffNet Studio on a computer that has the weights.</source>
        <translation>请在有这些权重的电脑上用 EffNet Studio 制作。</translation>
    </message>
    <message>
        <source>Makes a container of the server.</source>
        <translation>把服务器制成容器。</translation>
    </message>
    <message>
        <source>Matthews correlation</source>
        <translation>马修斯相关系数</translation>
    </message>
    <message>
        <source>Maximum calibration error</source>
        <translation>最大校准误差</translation>
    </message>
    <message>
        <source>Mean attention of each class</source>
        <translation>各类别的平均关注区域</translation>
    </message>
    <message>
        <source>Measured on this computer with {runtime}.</source>
        <translation>在本机用 {runtime} 测量。</translation>
    </message>
    <message>
        <source>Measured with older libraries; measure again.</source>
        <translation>用旧版库测量；请重新测量。</translation>
    </message>
    <message>
        <source>Measuring its time and memory …</source>
        <translation>正在测量其用时和内存…</translation>
    </message>
    <message>
        <source>Median</source>
        <translation>中位数</translation>
    </message>
    <message>
        <source>Medium</source>
        <translation>中等</translation>
    </message>
    <message>
        <source>Megabytes</source>
        <translation>兆字节</translation>
    </message>
    <message>
        <source>Megapixels</source>
        <translation>百万像素</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Memory may be short: choose a smaller input.</source>
        <translation>内存可能不足：请选择较小的输入。</translation>
    </message>
    <message>
        <source>Memory of the card</source>
        <translation>显存</translation>
    </message>
    <message>
        <source>Memory ran short: {count} images are now computed at once instead of {before}. Steps still count {batch} images.</source>
        <translation>内存不足：现在同时计算 {count} 张图片，而不是 {before} 张。每一步仍为 {batch} 张。</translation>
    </message>
    <message>
        <source>Metrics</source>
        <translation>指标说明</translation>
    </message>
    <message>
        <source>Milliseconds for one image</source>
        <translation>单张图片用时（毫秒）</translation>
    </message>
    <message>
        <source>Mirroring</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>MixUp</source>
        <translation>MixUp</translation>
    </message>
    <message>
        <source>Mixed 16- and 32-bit numbers.</source>
        <translation>16 位与 32 位混合精度。</translation>
    </message>
    <message>
        <source>Mixed 16/32 bit</source>
        <translation>混合 16/32 位</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Model and training</source>
        <translation>模型与训练</translation>
    </message>
    <message>
        <source>Model details</source>
        <translation>模型详情</translation>
    </message>
    <message>
        <source>Models of which no time is known: {count}. Measure at least two models with ONNX.</source>
        <translation>尚不知道用时的模型：{count} 个。请至少用 ONNX 测量两个模型。</translation>
    </message>
    <message>
        <source>Momentum</source>
        <translation>动量</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>月份</translation>
    </message>
    <message>
        <source>More images like these would hardly help: the model has learned what they show.</source>
        <translation>更多同类图片几乎没有帮助：模型已经学会了它们所展示的内容。</translation>
    </message>
    <message>
        <source>Most frequent mix-ups</source>
        <translation>最常见的混淆</translation>
    </message>
    <message>
        <source>Most memory of a process</source>
        <translation>进程所用内存的最大值</translation>
    </message>
    <message>
        <source>Most of the others have. If they are of one class, the model learns “grey” instead of what is shown.</source>
        <translation>其他图片大多有颜色。如果它们属于同一类别，模型学到的会是“灰色”而不是内容。</translation>
    </message>
    <message>
        <source>Move some of their images to validation.</source>
        <translation>请把这些类别的部分图片移到验证集。</translation>
    </message>
    <message>
        <source>NVIDIA graphics card</source>
        <translation>NVIDIA 显卡</translation>
    </message>
    <message>
        <source>Name a group label, such as {example}</source>
        <translation>请命名一个 label 组，例如 {example}</translation>
    </message>
    <message>
        <source>Name and note of a run</source>
        <translation>训练的名称和备注</translation>
    </message>
    <message>
        <source>Name of the run</source>
        <translation>训练名称</translation>
    </message>
    <message>
        <source>New class {name}</source>
        <translation>新类别 {name}</translation>
    </message>
    <message>
        <source>No NVIDIA driver was found.</source>
        <translation>未找到 NVIDIA 驱动程序。</translation>
    </message>
    <message>
        <source>No NVIDIA graphics card was found.</source>
        <translation>未找到 NVIDIA 显卡。</translation>
    </message>
    <message>
        <source>No group of images is worse than the others by more than chance; {tried} were tried.</source>
        <translation>没有哪一组图片比其余的差得超出偶然；共比较了 {tried} 组。</translation>
    </message>
    <message>
        <source>No image in this folder has a class.</source>
        <translation>该文件夹中没有带类别的图片。</translation>
    </message>
    <message>
        <source>No image of the class {name} can be read.</source>
        <translation>类别 {name} 的图片全部无法读取。</translation>
    </message>
    <message>
        <source>No learning rate made the loss fall in these few steps.</source>
        <translation>在这几步中，没有学习率能使损失下降。</translation>
    </message>
    <message>
        <source>No model fits: allow more time, or a smaller input.</source>
        <translation>没有合适的模型：请放宽时间，或减小输入。</translation>
    </message>
    <message>
        <source>No model was chosen whose weights could be written.</source>
        <translation>没有选择可写出权重的模型。</translation>
    </message>
    <message>
        <source>No pre-trained weights: the model starts from random numbers and knows nothing yet.</source>
        <translation>没有预训练权重：模型从随机数开始，尚无任何知识。</translation>
    </message>
    <message>
        <source>No threshold makes {wished} % of the answers right: {best} % is the most, with {coverage} % of the images answered.</source>
        <translation>没有阈值能使 {wished} % 的答案正确：最多为 {best} %，此时 {coverage} % 的图片得到答案。</translation>
    </message>
    <message>
        <source>Nobody has changed a class or left an image out by hand.</source>
        <translation>没有人手动更改过类别或排除过图片。</translation>
    </message>
    <message>
        <source>None of the images can be read any more.</source>
        <translation>所有图片都已无法读取。</translation>
    </message>
    <message>
        <source>None of the images has a region.</source>
        <translation>没有一张图片有区域。</translation>
    </message>
    <message>
        <source>None of the validation images can be read any more.</source>
        <translation>所有验证集图片都已无法读取。</translation>
    </message>
    <message>
        <source>None of the {count} files is an image.</source>
        <translation>{count} 个文件都不是图片。</translation>
    </message>
    <message>
        <source>None of the {count} images can be read any more.</source>
        <translation>{count} 张图片全部无法读取。</translation>
    </message>
    <message>
        <source>None of the {count} images can be read.</source>
        <translation>{count} 张图片全部无法读取。</translation>
    </message>
    <message>
        <source>None of the {count} images in {path} can be read; the first: {reason}</source>
        <translation>{path} 中的 {count} 张图片全部无法读取；第一张：{reason}</translation>
    </message>
    <message>
        <source>None of the {count} validation images can be read.</source>
        <translation>{count} 张验证集图片全部无法读取。</translation>
    </message>
    <message>
        <source>None of these weights are on this computer: {names}.</source>
        <translation>本机没有这些权重：{names}。</translation>
    </message>
    <message>
        <source>Not all packages for {name} are offered for this computer and Python {version}.</source>
        <translation>并非所有 {name} 所需的软件包都适用于这台电脑和 Python {version}。</translation>
    </message>
    <message>
        <source>Not kept</source>
        <translation>未遵守</translation>
    </message>
    <message>
        <source>Not known to the app: ask whoever gave you the file.</source>
        <translation>本应用不知道：请询问提供该文件的人。</translation>
    </message>
    <message>
        <source>Not known without PyTorch.</source>
        <translation>没有 PyTorch，无法得知。</translation>
    </message>
    <message>
        <source>Not ready.</source>
        <translation>未就绪。</translation>
    </message>
    <message>
        <source>Nothing could be measured.</source>
        <translation>没有测得任何结果。</translation>
    </message>
    <message>
        <source>Nothing in the image speaks for this class, so there is nothing to check.</source>
        <translation>图片中没有任何地方支持这个类别，因此没有可检查的内容。</translation>
    </message>
    <message>
        <source>Nothing in {name} fits {model}.</source>
        <translation>{name} 中没有任何内容与 {model} 匹配。</translation>
    </message>
    <message>
        <source>Nothing was installed. Please tell the makers of the app.</source>
        <translation>未安装任何内容。请告知应用的开发者。</translation>
    </message>
    <message>
        <source>Nothing: PyTorch cannot be started. {reason}</source>
        <translation>无：PyTorch 无法启动。{reason}</translation>
    </message>
    <message>
        <source>ONNX, 32-bit</source>
        <translation>ONNX，32 位</translation>
    </message>
    <message>
        <source>ONNX, 8-bit</source>
        <translation>ONNX，8 位</translation>
    </message>
    <message>
        <source>ONNX, full precision</source>
        <translation>ONNX，全精度</translation>
    </message>
    <message>
        <source>ONNX, half precision</source>
        <translation>ONNX，半精度</translation>
    </message>
    <message>
        <source>ONNX, the network alone</source>
        <translation>ONNX，仅网络</translation>
    </message>
    <message>
        <source>Of SGD; AdamW does not use it.</source>
        <translation>用于 SGD；AdamW 不使用。</translation>
    </message>
    <message>
        <source>Of its images</source>
        <translation>占该类图片</translation>
    </message>
    <message>
        <source>Of the images {slice}, {share} % are right; of the others {rest} %.</source>
        <translation>{slice}的图片中，{share} % 判断正确；其余图片中为 {rest} %。</translation>
    </message>
    <message>
        <source>On average it is {confidence} sure, and {accuracy} of its answers are right.</source>
        <translation>平均置信度为 {confidence}，{accuracy} 的回答正确。</translation>
    </message>
    <message>
        <source>One file to hand on: pictures are dropped on it, and the browser answers, without a network.</source>
        <translation>一个可以转交的文件：把图片拖到上面，浏览器就会回答，无需网络。</translation>
    </message>
    <message>
        <source>One of them has learned from every image, or knows none of their classes.</source>
        <translation>其中一个学过所有图片，或不认识它们的类别。</translation>
    </message>
    <message>
        <source>Only a Mac with macOS {version} or newer opens it.</source>
        <translation>只有装有 macOS {version} 或更新版本的 Mac 才能打开它。</translation>
    </message>
    <message>
        <source>Only a part of the decoded images can be kept: the others are opened again.</source>
        <translation>只能保留一部分已解码的图片：其余的会重新打开。</translation>
    </message>
    <message>
        <source>Only needed to export for Intel&apos;s runtime (60 MB).</source>
        <translation>仅在导出给 Intel 运行时使用时需要（60 MB）。</translation>
    </message>
    <message>
        <source>Only needed to read photos of iPhones as they are.</source>
        <translation>仅在直接读取 iPhone 照片时需要。</translation>
    </message>
    <message>
        <source>Only needed to take pictures, and to recognise live, with a camera (160 MB).</source>
        <translation>仅在用相机拍照或实时识别时需要（160 MB）。</translation>
    </message>
    <message>
        <source>Only needed to write the curves of a training for TensorBoard too.</source>
        <translation>仅在需要为 TensorBoard 写出训练曲线时需要。</translation>
    </message>
    <message>
        <source>Only the first model knows {first}; only the second knows {second}.</source>
        <translation>只有第一个模型认识 {first}；只有第二个模型认识 {second}。</translation>
    </message>
    <message>
        <source>Only the first model knows {names}.</source>
        <translation>只有第一个模型认识 {names}。</translation>
    </message>
    <message>
        <source>Only the second model knows {names}.</source>
        <translation>只有第二个模型认识 {names}。</translation>
    </message>
    <message>
        <source>Open a project first, or drop a folder of images to begin one.</source>
        <translation>请先打开一个项目，或拖入一个图片文件夹来新建项目。</translation>
    </message>
    <message>
        <source>Open a project first; its Evaluate page checks models of that kind.</source>
        <translation>请先打开一个项目；可在其“评估”页面检查这类模型。</translation>
    </message>
    <message>
        <source>Open it in another program and save it again, or remove it.</source>
        <translation>请用其他程序打开并重新保存，或将其删除。</translation>
    </message>
    <message>
        <source>Open it on a Mac with macOS 13 or newer, and compare there.</source>
        <translation>请在装有 macOS 13 或更新版本的 Mac 上打开它，并在那里对照。</translation>
    </message>
    <message>
        <source>Open it with a double click, or put it on a web server:</source>
        <translation>双击打开，或放到网页服务器上：</translation>
    </message>
    <message>
        <source>Open it, or choose another name.</source>
        <translation>请打开它，或换一个名称。</translation>
    </message>
    <message>
        <source>Open the project once where it may be written; it is brought up to date then.</source>
        <translation>请在可写入的位置打开一次该项目；届时会自动更新。</translation>
    </message>
    <message>
        <source>Open {address} in a browser, or ask it:</source>
        <translation>在浏览器中打开 {address}，或直接询问：</translation>
    </message>
    <message>
        <source>OpenVINO</source>
        <translation>OpenVINO</translation>
    </message>
    <message>
        <source>OpenVINO could not take the model: {reason}.</source>
        <translation>OpenVINO 无法接受该模型：{reason}。</translation>
    </message>
    <message>
        <source>OpenVINO is installed, but does not start: {reason}.</source>
        <translation>OpenVINO 已安装，但无法启动：{reason}。</translation>
    </message>
    <message>
        <source>OpenVINO is not in this packaged app; set the app up with Python to have it.</source>
        <translation>安装版应用不含 OpenVINO；需要时请用 Python 安装本应用。</translation>
    </message>
    <message>
        <source>OpenVINO is not installed. It comes with {command} (60 MB).</source>
        <translation>尚未安装 OpenVINO。可用 {command} 安装（60 MB）。</translation>
    </message>
    <message>
        <source>OpenVINO, 8-bit</source>
        <translation>OpenVINO，8 位</translation>
    </message>
    <message>
        <source>Operators from other programs are never run; export the model without.</source>
        <translation>其他程序的算子一律不会运行；请不带该算子重新导出模型。</translation>
    </message>
    <message>
        <source>Optimizer</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>Optional parts</source>
        <translation>可选组件</translation>
    </message>
    <message>
        <source>Or export in the format {name}.</source>
        <translation>或导出为 {name} 格式。</translation>
    </message>
    <message>
        <source>Or, with Docker, run it in a container:</source>
        <translation>或者用 Docker 在容器中运行：</translation>
    </message>
    <message>
        <source>Other computers send it pictures and get answers; ready for Docker.</source>
        <translation>其他电脑发来图片即可得到回答；可直接用于 Docker。</translation>
    </message>
    <message>
        <source>Other graphics</source>
        <translation>其他显卡</translation>
    </message>
    <message>
        <source>Other programs hold {used} of it: close them, or train with a smaller batch.</source>
        <translation>其他程序占用了 {used}：请关闭它们，或用更小的批大小训练。</translation>
    </message>
    <message>
        <source>Pack a folder with one sub-folder of images for each class.</source>
        <translation>请打包一个文件夹，其中每个类别一个图片子文件夹。</translation>
    </message>
    <message>
        <source>Packs are made for computers with NVIDIA cards and Linux or Windows.</source>
        <translation>GPU 包面向装有 NVIDIA 显卡的 Linux 或 Windows 电脑。</translation>
    </message>
    <message>
        <source>Page {page} of {pages}</source>
        <translation>第 {page} 页，共 {pages} 页</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数量</translation>
    </message>
    <message>
        <source>Pastes a part of one training image into another and asks for both classes; 0: off. Higher mixes more evenly; 1 is usual. With MixUp, they take turns at random.</source>
        <translation>将一张训练图片的一部分贴到另一张上并要求识别两个类别；0 为关闭。数值越大混合越均匀；常用 1。与 MixUp 同用时随机轮换。</translation>
    </message>
    <message>
        <source>People or private things in the images, and whether they agreed:</source>
        <translation>图片中是否有人物或私人物品，当事人是否同意：</translation>
    </message>
    <message>
        <source>Please report this with the model&apos;s name.</source>
        <translation>请连同模型名称报告此问题。</translation>
    </message>
    <message>
        <source>Points lost</source>
        <translation>损失的百分点</translation>
    </message>
    <message>
        <source>Pre-trained weights</source>
        <translation>预训练权重</translation>
    </message>
    <message>
        <source>Pre-trained weights of one of timm&apos;s models, when they are first needed.</source>
        <translation>timm 中一个模型的预训练权重，首次用到时下载。</translation>
    </message>
    <message>
        <source>Pre-trained weights of some of timm&apos;s models, when they are first needed.</source>
        <translation>timm 中部分模型的预训练权重，首次用到时下载。</translation>
    </message>
    <message>
        <source>Pre-trained weights of torchvision&apos;s models, when they are first needed.</source>
        <translation>torchvision 模型的预训练权重，首次用到时下载。</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>数值精度</translation>
    </message>
    <message>
        <source>Prepared images in, raw scores out, for those who do the rest themselves.</source>
        <translation>输入预处理好的图片，输出原始分数，供自行完成其余步骤的人使用。</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Probabilities differ by up to {points} points on the {part} images; 0.1 are allowed.</source>
        <translation>在{part}图片上，概率最多相差 {points} 个百分点；允许 0.1。</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>处理器</translation>
    </message>
    <message>
        <source>Pulls weights towards zero, against over-fitting; not applied to norms and biases.</source>
        <translation>把权重拉向零以防止过拟合；不作用于归一化层和偏置。</translation>
    </message>
    <message>
        <source>Put the images into one sub-folder for each class.</source>
        <translation>请将图片按类别放入各自的子文件夹。</translation>
    </message>
    <message>
        <source>Put the images of each kind into a folder of its own, and drop the folder around them.</source>
        <translation>请把每一种图片放进各自的文件夹，然后拖入包含这些文件夹的上级文件夹。</translation>
    </message>
    <message>
        <source>Put the old files back and look for changes, or train on today&apos;s images.</source>
        <translation>请放回旧文件并检查更改，或在现有图片上训练。</translation>
    </message>
    <message>
        <source>Put them back and look for changes, or train on today&apos;s images.</source>
        <translation>请放回它们并检查更改，或在现有图片上训练。</translation>
    </message>
    <message>
        <source>PyTorch</source>
        <translation>PyTorch</translation>
    </message>
    <message>
        <source>PyTorch could not be loaded from the GPU pack: {reason}</source>
        <translation>无法从 GPU 包加载 PyTorch：{reason}</translation>
    </message>
    <message>
        <source>PyTorch is missing.</source>
        <translation>缺少 PyTorch。</translation>
    </message>
    <message>
        <source>PyTorch needs macOS 14 or later; this is {version}.</source>
        <translation>PyTorch 需要 macOS 14 或更高版本；当前为 {version}。</translation>
    </message>
    <message>
        <source>PyTorch {version} cannot use the installed NVIDIA driver.</source>
        <translation>PyTorch {version} 无法使用已安装的 NVIDIA 驱动程序。</translation>
    </message>
    <message>
        <source>PyTorch {version} has no programs for {card} (generation {generation}).</source>
        <translation>PyTorch {version} 不支持 {card}（计算能力 {generation}）。</translation>
    </message>
    <message>
        <source>PyTorch {version} was built without it.</source>
        <translation>PyTorch {version} 编译时未包含此支持。</translation>
    </message>
    <message>
        <source>PyTorch&apos;s own format for telephones; gives exactly the app&apos;s answers.</source>
        <translation>PyTorch 自己的手机格式；答案与本应用完全一致。</translation>
    </message>
    <message>
        <source>PyTorch, 16-bit</source>
        <translation>PyTorch，16 位</translation>
    </message>
    <message>
        <source>PyTorch, 32-bit</source>
        <translation>PyTorch，32 位</translation>
    </message>
    <message>
        <source>Python</source>
        <translation>Python</translation>
    </message>
    <message>
        <source>Quantitative analyses</source>
        <translation>定量分析</translation>
    </message>
    <message>
        <source>RandAugment</source>
        <translation>RandAugment</translation>
    </message>
    <message>
        <source>Random erasing</source>
        <translation>随机擦除</translation>
    </message>
    <message>
        <source>Random numbers: it has learned from these images alone.</source>
        <translation>随机数：它只从这些图片中学习。</translation>
    </message>
    <message>
        <source>Reads JPEG files.</source>
        <translation>读取 JPEG 文件。</translation>
    </message>
    <message>
        <source>Reads PNG files.</source>
        <translation>读取 PNG 文件。</translation>
    </message>
    <message>
        <source>Reads pictures as the app does, and asks the model about them.</source>
        <translation>像应用一样读取图片，并交给模型判断。</translation>
    </message>
    <message>
        <source>Reads pictures as the app does.</source>
        <translation>像应用一样读取图片。</translation>
    </message>
    <message>
        <source>Ready. The file was opened again and gave the app&apos;s answer on every image; no probability differs by more than {points} points.</source>
        <translation>就绪。文件已重新打开，对每一张图片的回答都与本应用一致；概率相差均不超过 {points} 个百分点。</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>召回率</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>方案</translation>
    </message>
    <message>
        <source>Recognised</source>
        <translation>识别率</translation>
    </message>
    <message>
        <source>Recognised: share of the images of the class (recall). Class precision: share of the answers with its name that are right. F1: both taken together.</source>
        <translation>识别率：该类图片中被正确识别的比例（召回率）。类别精确率：回答为该类的图片中正确的比例。F1：两者的综合。</translation>
    </message>
    <message>
        <source>Reliability</source>
        <translation>可靠性</translation>
    </message>
    <message>
        <source>Remove that variable from the environment, and start the app again.</source>
        <translation>请从环境变量中删除它，然后重新启动应用。</translation>
    </message>
    <message>
        <source>Removing what it marks changes the answer more than removing random places, and with random weights the map is another one.</source>
        <translation>去掉它标出的地方比去掉随机地方更能改变回答，而且换成随机权重后热力图就变了。</translation>
    </message>
    <message>
        <source>Removing what it marks changes the answer no more than removing random places.</source>
        <translation>去掉它标出的地方，对回答的影响并不比去掉随机地方更大。</translation>
    </message>
    <message>
        <source>Rename one of the two folders.</source>
        <translation>请重命名两个文件夹之一。</translation>
    </message>
    <message>
        <source>Rename one of them if they are different things.</source>
        <translation>如果它们是不同的东西，请重命名其中一个。</translation>
    </message>
    <message>
        <source>Resizes and crops pictures as the app does, to the bit; needs nothing but Java.</source>
        <translation>与本应用逐位一致地缩放和裁剪图片；只需要 Java。</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>正确</translation>
    </message>
    <message>
        <source>Right answers</source>
        <translation>正确回答</translation>
    </message>
    <message>
        <source>Right on {percent} % of ImageNet.</source>
        <translation>在 ImageNet 上正确率 {percent} %。</translation>
    </message>
    <message>
        <source>Rounds</source>
        <translation>轮数</translation>
    </message>
    <message>
        <source>Run by</source>
        <translation>运行程序</translation>
    </message>
    <message>
        <source>Run deleted</source>
        <translation>删除训练</translation>
    </message>
    <message>
        <source>Run put back</source>
        <translation>放回训练</translation>
    </message>
    <message>
        <source>Run renamed</source>
        <translation>重命名训练</translation>
    </message>
    <message>
        <source>Run the set-up again, in the app&apos;s folder.</source>
        <translation>请在应用所在文件夹中重新运行安装程序。</translation>
    </message>
    <message>
        <source>Run the set-up again: python3 packaging/bootstrap.py setup</source>
        <translation>请重新运行安装：python3 packaging/bootstrap.py setup</translation>
    </message>
    <message>
        <source>SGD</source>
        <translation>SGD</translation>
    </message>
    <message>
        <source>SHA-256 of the trained weights</source>
        <translation>训练所得权重的 SHA-256</translation>
    </message>
    <message>
        <source>SHA-256 of {file}</source>
        <translation>{file} 的 SHA-256</translation>
    </message>
    <message>
        <source>Same answers</source>
        <translation>回答一致</translation>
    </message>
    <message>
        <source>Same seed, same data, same run.</source>
        <translation>种子相同、数据相同，训练过程就相同。</translation>
    </message>
    <message>
        <source>Same seed, same numbers to the last bit, on graphics cards too; slower there.</source>
        <translation>相同的种子得到逐位相同的结果，在显卡上也是如此；但显卡上会更慢。</translation>
    </message>
    <message>
        <source>Save a smaller copy of it.</source>
        <translation>请另存一份较小的副本。</translation>
    </message>
    <message>
        <source>Save it again as a CSV file in UTF-8.</source>
        <translation>请重新保存为 UTF-8 编码的 CSV 文件。</translation>
    </message>
    <message>
        <source>Save the image as JPEG: the packaged app has no part that reads HEIC.</source>
        <translation>请把图片另存为 JPEG：安装版应用无法读取 HEIC。</translation>
    </message>
    <message>
        <source>Save the model with its weights in a file of their own beside it.</source>
        <translation>请保存模型时把权重放在旁边的单独文件中。</translation>
    </message>
    <message>
        <source>Save them with torch.save(model.state_dict(), …) or as .safetensors.</source>
        <translation>请用 torch.save(model.state_dict(), …) 保存，或保存为 .safetensors。</translation>
    </message>
    <message>
        <source>Says what is in pictures.</source>
        <translation>说出图片中的内容。</translation>
    </message>
    <message>
        <source>Score-CAM needs at least one channel.</source>
        <translation>Score-CAM 至少需要一个通道。</translation>
    </message>
    <message>
        <source>Screen</source>
        <translation>屏幕</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Series taken at one moment: {groups}</source>
        <translation>同一时刻的连拍：{groups} 组</translation>
    </message>
    <message>
        <source>Set the app up again.</source>
        <translation>请重新安装本应用。</translation>
    </message>
    <message>
        <source>Set the app up with another Python, or choose another format.</source>
        <translation>请用其他版本的 Python 安装本应用，或选择其他格式。</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Settings that are not what the preset fills in</source>
        <translation>与预设不同的设置</translation>
    </message>
    <message>
        <source>Several runs in the trash begin with {run}.</source>
        <translation>回收站中有多次训练以 {run} 开头。</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>形状</translation>
    </message>
    <message>
        <source>Share of images whose class is among the five likeliest answers.</source>
        <translation>真实类别在最可能的五个答案之内的图片比例。</translation>
    </message>
    <message>
        <source>Share of right answers by confidence; they are {percent} apart on average.</source>
        <translation>各置信度下正确回答的比例；两者平均相差 {percent}。</translation>
    </message>
    <message>
        <source>Share of right answers in each class, averaged: small classes count as large ones.</source>
        <translation>各类别答对比例的平均值：小类别与大类别同等重要。</translation>
    </message>
    <message>
        <source>Share of right answers.</source>
        <translation>答对的比例。</translation>
    </message>
    <message>
        <source>Share of the images in which a rectangle is painted over; empty: as the augmentation says.</source>
        <translation>被涂掉一个矩形的图片比例；留空：按数据增强的设置。</translation>
    </message>
    <message>
        <source>Share of the last residual blocks skipped at random at each step, fewer of the earlier ones; empty: what the model was made with.</source>
        <translation>每一步随机跳过最后残差块的比例，前面的更少；留空：按模型原有的设置。</translation>
    </message>
    <message>
        <source>Sharpness</source>
        <translation>清晰度</translation>
    </message>
    <message>
        <source>Single images are judged by a model, and no project is open.</source>
        <translation>单张图片需要由模型识别，但没有打开的项目。</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Softens the teacher&apos;s answers, so that what it thinks of the other classes counts.</source>
        <translation>使教师的回答更柔和，让它对其他类别的看法也起作用。</translation>
    </message>
    <message>
        <source>Some image files were changed on the disk since that version.</source>
        <translation>自该版本以来，磁盘上的一些图片文件已更改。</translation>
    </message>
    <message>
        <source>Some weights of the model are not numbers any more, in the layers {layers}.</source>
        <translation>模型的部分权重已不是有效数值，所在的层：{layers}。</translation>
    </message>
    <message>
        <source>Something on the way changes files: choose another mirror or proxy.</source>
        <translation>传输途中文件被更改：请选择其他镜像或代理。</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Source of these weights</source>
        <translation>权重来源</translation>
    </message>
    <message>
        <source>Speed, many</source>
        <translation>速度，成批</translation>
    </message>
    <message>
        <source>Speed, one image</source>
        <translation>速度，单张</translation>
    </message>
    <message>
        <source>Squared distance of the probabilities from the truth, 0 to 2; lower is better.</source>
        <translation>概率与真实情况之差的平方，0 到 2；越低越好。</translation>
    </message>
    <message>
        <source>Start a new training to choose another.</source>
        <translation>要选择其他的，请开始新的训练。</translation>
    </message>
    <message>
        <source>Start it; it can be reached from this computer only:</source>
        <translation>启动它；只有这台计算机能访问：</translation>
    </message>
    <message>
        <source>Start the app again: it then computes on the processor, without the pack.</source>
        <translation>请重新启动应用：它将不用 GPU 包，改用处理器计算。</translation>
    </message>
    <message>
        <source>Start the app again; if that does not help, install it anew.</source>
        <translation>请重新启动应用；若仍不行，请重新安装。</translation>
    </message>
    <message>
        <source>Start the computer again; if that does not help: {update}</source>
        <translation>请重启电脑；若仍无效：{update}</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>开始日期</translation>
    </message>
    <message>
        <source>Starter weights shipped with the app</source>
        <translation>应用自带的入门权重</translation>
    </message>
    <message>
        <source>Stochastic depth</source>
        <translation>随机深度</translation>
    </message>
    <message>
        <source>Stop it or wait for its end.</source>
        <translation>请停止它或等它结束。</translation>
    </message>
    <message>
        <source>Strength of the random changes of shape and colour, 0 to 10; empty: as the augmentation says.</source>
        <translation>形状和颜色随机变化的强度，0 到 10；留空：按数据增强的设置。</translation>
    </message>
    <message>
        <source>Strong</source>
        <translation>强</translation>
    </message>
    <message>
        <source>Sub-folder</source>
        <translation>子文件夹</translation>
    </message>
    <message>
        <source>Switch its files off, or install the extra named tensorboard.</source>
        <translation>请关闭 TensorBoard 文件，或安装名为 tensorboard 的附加组件。</translation>
    </message>
    <message>
        <source>Taken for</source>
        <translation>被认作</translation>
    </message>
    <message>
        <source>Takes images as they are and gives exactly the app&apos;s answers.</source>
        <translation>直接接收原样的图片，回答与本应用完全一致。</translation>
    </message>
    <message>
        <source>Teacher</source>
        <translation>教师</translation>
    </message>
    <message>
        <source>Tells {count} classes of images apart: {names}.</source>
        <translation>区分 {count} 类图片：{names}。</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>TensorBoard</source>
        <translation>TensorBoard</translation>
    </message>
    <message>
        <source>TensorBoard files</source>
        <translation>TensorBoard 文件</translation>
    </message>
    <message>
        <source>TensorBoard is not installed.</source>
        <translation>未安装 TensorBoard。</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试集</translation>
    </message>
    <message>
        <source>Test images are kept apart so that their accuracy stays honest; training images are known by heart. Check the model on the validation images first.</source>
        <translation>测试图片单独保留，这样它们的准确率才可信；训练图片模型早已记住。请先用验证图片检查模型。</translation>
    </message>
    <message>
        <source>Test images should have no part in the training; some of these had.</source>
        <translation>测试图片不应参与训练；其中有些曾参与。</translation>
    </message>
    <message>
        <source>Thaw a stage every</source>
        <translation>解冻间隔</translation>
    </message>
    <message>
        <source>The GPU pack is being installed or removed already, by {owner}.</source>
        <translation>{owner} 正在安装或移除 GPU 包。</translation>
    </message>
    <message>
        <source>The GPU pack of an earlier version of the app was removed (PyTorch {version}, {size:.1f} GB).</source>
        <translation>已移除应用旧版本的 GPU 包（PyTorch {version}，{size:.1f} GB）。</translation>
    </message>
    <message>
        <source>The app may not write there: change its permissions.</source>
        <translation>应用无法写入该处：请修改权限。</translation>
    </message>
    <message>
        <source>The app needs a newer version.</source>
        <translation>应用需要更新的版本。</translation>
    </message>
    <message>
        <source>The app was not tried with this version.</source>
        <translation>应用未在此版本上测试过。</translation>
    </message>
    <message>
        <source>The app was set up without pip or venv, with which {name} would be installed.</source>
        <translation>本应用安装时没有 pip 或 venv，而安装 {name} 需要它们。</translation>
    </message>
    <message>
        <source>The app&apos;s own folder</source>
        <translation>应用数据文件夹</translation>
    </message>
    <message>
        <source>The best epoch is the one with the best balanced accuracy: every class counts alike, however few images it has.</source>
        <translation>最佳轮次按平衡准确率选出：无论图片多少，每个类别同等重要。</translation>
    </message>
    <message>
        <source>The browser gave only an address; EffNet Studio does not go on the network.</source>
        <translation>浏览器只给出了网址；EffNet Studio 不会访问网络。</translation>
    </message>
    <message>
        <source>The card is too old for it, so the processor computes.</source>
        <translation>该显卡太旧，因此改用处理器计算。</translation>
    </message>
    <message>
        <source>The card is too old for it, so the processor computes. A build of PyTorch for an older CUDA may still know the card.</source>
        <translation>该显卡太旧，因此改用处理器计算。为较旧 CUDA 编译的 PyTorch 也许仍支持它。</translation>
    </message>
    <message>
        <source>The checks found nothing to mend.</source>
        <translation>检查未发现需要修正之处。</translation>
    </message>
    <message>
        <source>The class that is recognised worst comes first.</source>
        <translation>识别最差的类别排在最前。</translation>
    </message>
    <message>
        <source>The classes are hard to tell apart here: only {percent} % of the labels are recognised, so most suspicious labels will be right.</source>
        <translation>这里的类别难以区分：只有 {percent} % 的标签能被认出，因此大多数可疑标签其实是对的。</translation>
    </message>
    <message>
        <source>The command line works without it, except for reports in PDF or Chinese.</source>
        <translation>没有它命令行也能使用，但不能生成 PDF 或中文报告。</translation>
    </message>
    <message>
        <source>The comparison with the app, for people: open it in a browser.</source>
        <translation>与应用的比较，供人阅读：用浏览器打开。</translation>
    </message>
    <message>
        <source>The comparison with the app, for programs.</source>
        <translation>与应用的比较，供程序读取。</translation>
    </message>
    <message>
        <source>The compiler said: {reason}</source>
        <translation>编译器的说明：{reason}</translation>
    </message>
    <message>
        <source>The computer that made this report</source>
        <translation>生成本报告的计算机</translation>
    </message>
    <message>
        <source>The container gives computing time for {quota:.1f} cores only: more threads than that wait for each other. Set OMP_NUM_THREADS before the start.</source>
        <translation>容器只提供相当于 {quota:.1f} 个核心的计算时间：线程再多也只会互相等待。请在启动前设置 OMP_NUM_THREADS。</translation>
    </message>
    <message>
        <source>The content is not an image in a format the app can read.</source>
        <translation>文件内容不是应用可以读取的图片格式。</translation>
    </message>
    <message>
        <source>The converter for {name} could not be installed: {reason}</source>
        <translation>无法安装 {name} 的转换器：{reason}</translation>
    </message>
    <message>
        <source>The converter for {name} ended before it was done. {reason}</source>
        <translation>{name} 的转换器未完成就已结束。{reason}</translation>
    </message>
    <message>
        <source>The converter for {name} is installed once: {download} MB are downloaded, {disk} MB of disk are used. It can be removed again.</source>
        <translation>{name} 的转换器只需安装一次：下载 {download} MB，占用磁盘 {disk} MB。之后可以移除。</translation>
    </message>
    <message>
        <source>The converter for {name} is installed.</source>
        <translation>{name} 的转换器已安装。</translation>
    </message>
    <message>
        <source>The converter for {name} is not installed.</source>
        <translation>{name} 的转换器尚未安装。</translation>
    </message>
    <message>
        <source>The difference in accuracy may be chance; do not rely on it. Images that only the first run gets right: {first}; that only the second does: {second} (p = {p}).</source>
        <translation>准确率的差别可能只是偶然，不要据此下结论。只有第一次训练答对的图片：{first} 张；只有第二次答对的：{second} 张（p = {p}）。</translation>
    </message>
    <message>
        <source>The disk is full: the weights in {name} need {size:.0f} MB.</source>
        <translation>磁盘已满：{name} 中的权重需要 {size:.0f} MB。</translation>
    </message>
    <message>
        <source>The disk is too full: the export needs {size:.0f} MB, and {free:.0f} MB are free.</source>
        <translation>磁盘空间不足：导出需要 {size:.0f} MB，可用 {free:.0f} MB。</translation>
    </message>
    <message>
        <source>The file cannot be read.</source>
        <translation>无法读取该文件。</translation>
    </message>
    <message>
        <source>The file cannot give them as an answer. Train again to add them.</source>
        <translation>该文件不会给出这些类别的答案。要加入它们，请重新训练。</translation>
    </message>
    <message>
        <source>The file is no longer there.</source>
        <translation>文件已不存在。</translation>
    </message>
    <message>
        <source>The file keeps them. Train again if they were renamed or removed.</source>
        <translation>该文件会保留这些类别。如果它们被重命名或删除，请重新训练。</translation>
    </message>
    <message>
        <source>The files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>The folder {name} is back.</source>
        <translation>文件夹 {name} 已恢复。</translation>
    </message>
    <message>
        <source>The folder {name} is not there any more.</source>
        <translation>文件夹 {name} 已不在原处。</translation>
    </message>
    <message>
        <source>The format {name} does not fit {target}.</source>
        <translation>格式 {name} 不适合“{target}”。</translation>
    </message>
    <message>
        <source>The frozen stages look at {views} variants of each image once; that makes the training about {gain:.1f}× as fast and takes {size:.0f} MB of disk.</source>
        <translation>冻结的阶段对每张图片的 {views} 个变体各看一次；训练速度约为 {gain:.1f} 倍，占用磁盘 {size:.0f} MB。</translation>
    </message>
    <message>
        <source>The images in {folder} are gone.</source>
        <translation>{folder} 中的图片不见了。</translation>
    </message>
    <message>
        <source>The line is the region&apos;s share of the area, which looking everywhere alike would give. In brackets: 95 % interval over the images.</source>
        <translation>竖线是区域所占的面积，即处处同等关注时的数值。括号内：对图片的 95 % 区间。</translation>
    </message>
    <message>
        <source>The loss was no longer a number in epoch {epoch}; the training went back and goes on with a learning rate of {rate:.2g}.</source>
        <translation>第 {epoch} 轮中损失不再是数值；训练已退回，并以学习率 {rate:.2g} 继续。</translation>
    </message>
    <message>
        <source>The mean of all images that were answered as the class, and over it the mean of their maps. Bright: it looked there.</source>
        <translation>判断为该类别的所有图片的平均，上面叠加其热力图的平均。亮处为关注之处。</translation>
    </message>
    <message>
        <source>The mirror for pre-trained weights, as chosen in the settings.</source>
        <translation>设置中选定的预训练权重镜像。</translation>
    </message>
    <message>
        <source>The model and a program in C++ to begin with; C# and Java read it too.</source>
        <translation>模型，以及可作起点的 C++ 程序；C# 和 Java 也能读取。</translation>
    </message>
    <message>
        <source>The model and a program of thirty lines that uses it.</source>
        <translation>模型，以及使用它的三十行程序。</translation>
    </message>
    <message>
        <source>The model and a short Python program, for small computers.</source>
        <translation>模型和一个简短的 Python 程序，用于小型电脑。</translation>
    </message>
    <message>
        <source>The model and its training</source>
        <translation>模型及其训练</translation>
    </message>
    <message>
        <source>The model as a program of torch.export: prepared images in, raw scores out.</source>
        <translation>torch.export 程序形式的模型：输入准备好的图像，输出原始得分。</translation>
    </message>
    <message>
        <source>The model could not be written as a PyTorch program: {reason}.</source>
        <translation>无法将模型写成 PyTorch 程序：{reason}。</translation>
    </message>
    <message>
        <source>The model could not be written: {reason}.</source>
        <translation>无法写出模型：{reason}。</translation>
    </message>
    <message>
        <source>The model does not answer with numbers: its weights are damaged.</source>
        <translation>模型给出的不是数值：其权重已损坏。</translation>
    </message>
    <message>
        <source>The model has learned from these very images. The figures say nothing about how it does on new ones.</source>
        <translation>模型正是从这些图片中学习的。这些指标不能说明它在新图片上的表现。</translation>
    </message>
    <message>
        <source>The model has learned more since it was checked.</source>
        <translation>检查之后，模型又继续学习了。</translation>
    </message>
    <message>
        <source>The model has learned more since; the file has the earlier weights.</source>
        <translation>此后模型继续学习过；该文件中是较早的权重。</translation>
    </message>
    <message>
        <source>The model has never learned these classes: {names}.</source>
        <translation>模型从未学过这些类别：{names}。</translation>
    </message>
    <message>
        <source>The model inherits {share:.0f} % of its weights. First stages that are as in the model they come from: {stages}.</source>
        <translation>模型继承了 {share:.0f} % 的权重。与来源模型相同的前几个阶段：{stages} 个。</translation>
    </message>
    <message>
        <source>The model knows classes of which there are no images any more: {names}.</source>
        <translation>模型认识的这些类别已没有任何图片：{names}。</translation>
    </message>
    <message>
        <source>The model. It takes images as they are and gives probabilities.</source>
        <translation>模型。直接输入图像，输出概率。</translation>
    </message>
    <message>
        <source>The model. It takes prepared images and gives probabilities.</source>
        <translation>模型。输入准备好的图像，输出概率。</translation>
    </message>
    <message>
        <source>The model. It takes prepared images and gives raw scores.</source>
        <translation>模型。输入处理好的图像，输出原始分数。</translation>
    </message>
    <message>
        <source>The name of a run has at most {count} characters.</source>
        <translation>训练名称最多 {count} 个字符。</translation>
    </message>
    <message>
        <source>The names of the classes, one a line, in the order of the outputs.</source>
        <translation>类别名称，每行一个，顺序与输出相同。</translation>
    </message>
    <message>
        <source>The network and its weights, for people who go on with them.</source>
        <translation>网络及其权重，供继续研究的人使用。</translation>
    </message>
    <message>
        <source>The network cannot be compiled here; it is trained as it is.</source>
        <translation>此处无法编译网络；将按原样训练。</translation>
    </message>
    <message>
        <source>The network is trained as it is: compiled it was not faster ({gain:.2f}×).</source>
        <translation>网络按原样训练：编译后并不更快（{gain:.2f} 倍）。</translation>
    </message>
    <message>
        <source>The network was compiled for this computer in {seconds:.0f} s: {gain:.2f}× as fast.</source>
        <translation>已用 {seconds:.0f} 秒为这台计算机编译网络：速度为原来的 {gain:.2f} 倍。</translation>
    </message>
    <message>
        <source>The notes beside {name} are missing or damaged.</source>
        <translation>{name} 旁的说明文件缺失或已损坏。</translation>
    </message>
    <message>
        <source>The others were drawn at random, each class separately: {shares}.</source>
        <translation>其余图片按类别分别随机抽取：{shares}。</translation>
    </message>
    <message>
        <source>The packages for {name} could not be downloaded.</source>
        <translation>无法下载 {name} 所需的软件包。</translation>
    </message>
    <message>
        <source>The packages that are needed, with their versions.</source>
        <translation>所需的软件包及其版本。</translation>
    </message>
    <message>
        <source>The page, with the model and all it needs inside.</source>
        <translation>网页，内含模型及其所需的一切。</translation>
    </message>
    <message>
        <source>The program: asks the model and prints its answers.</source>
        <translation>主程序：询问模型并输出答案。</translation>
    </message>
    <message>
        <source>The proxy {proxy} wants a name and a password.</source>
        <translation>代理 {proxy} 需要用户名和密码。</translation>
    </message>
    <message>
        <source>The run {run} has no weights yet.</source>
        <translation>训练 {run} 还没有权重。</translation>
    </message>
    <message>
        <source>The run {run} is being trained.</source>
        <translation>训练 {run} 正在进行。</translation>
    </message>
    <message>
        <source>The same where they are farthest apart, be it for few images.</source>
        <translation>两者相差最大处的误差，即使只有少数图片。</translation>
    </message>
    <message>
        <source>The same with a map of where it looked</source>
        <translation>同一图片，叠加关注区域图</translation>
    </message>
    <message>
        <source>The same without the temperature {value} of the run.</source>
        <translation>不使用该训练的温度 {value} 时的误差。</translation>
    </message>
    <message>
        <source>The server: what it can be asked, and what it refuses.</source>
        <translation>服务器：可以向它询问什么，它会拒绝什么。</translation>
    </message>
    <message>
        <source>The starter backbone that comes with the app: trained on a part of Tiny ImageNet, 200 everyday classes in images of 64 × 64 pixels.</source>
        <translation>应用自带的骨干网络：在 Tiny ImageNet 的一部分上训练，包含 200 个日常类别、64 × 64 像素的图片。</translation>
    </message>
    <message>
        <source>The system&apos;s proxy {proxy} is of a kind that cannot be used.</source>
        <translation>系统代理 {proxy} 的类型无法使用。</translation>
    </message>
    <message>
        <source>The table of boxes has no column {names}.</source>
        <translation>方框表缺少列 {names}。</translation>
    </message>
    <message>
        <source>The teacher does not know: {classes}.</source>
        <translation>教师不认识：{classes}。</translation>
    </message>
    <message>
        <source>The threshold for &quot;none of these&quot; cannot be read; the file answers every image.</source>
        <translation>无法读取“不属于任何类别”的阈值；该文件会回答每张图片。</translation>
    </message>
    <message>
        <source>The threshold for &quot;none of these&quot; is {chosen} now; the file has {used}.</source>
        <translation>“不属于任何类别”的阈值现在是 {chosen}；该文件中是 {used}。</translation>
    </message>
    <message>
        <source>The threshold for &quot;none of these&quot; was chosen before the model learned more; the file answers every image.</source>
        <translation>“不属于任何类别”的阈值是在模型继续学习之前选定的；该文件会回答每张图片。</translation>
    </message>
    <message>
        <source>The threshold for &quot;none of these&quot; was taken back since; the file still has {used}.</source>
        <translation>此后取消了“不属于任何类别”的阈值；该文件中仍是 {used}。</translation>
    </message>
    <message>
        <source>The time for an answer must be above 0.</source>
        <translation>回答时间必须大于 0。</translation>
    </message>
    <message>
        <source>The time for measuring must be above 0 seconds.</source>
        <translation>测量时间必须大于 0 秒。</translation>
    </message>
    <message>
        <source>The time is an estimate from other models; measure this one to be sure.</source>
        <translation>用时根据其他模型估算；请测量此模型以确认。</translation>
    </message>
    <message>
        <source>The training it came from is not in the project any more.</source>
        <translation>它所来自的训练已不在项目中。</translation>
    </message>
    <message>
        <source>The training waits: {reason}</source>
        <translation>训练在等待：{reason}</translation>
    </message>
    <message>
        <source>The training went astray: train again, with a lower learning rate.</source>
        <translation>训练已发散：请用更低的学习率重新训练。</translation>
    </message>
    <message>
        <source>The two models know none of the same classes, so there is nothing to compare.</source>
        <translation>两个模型没有任何共同的类别，因此无从比较。</translation>
    </message>
    <message>
        <source>The warnings say why; close other programs if memory was short.</source>
        <translation>警告中说明了原因；如果内存不足，请关闭其他程序。</translation>
    </message>
    <message>
        <source>The watch goes on once it is back.</source>
        <translation>恢复后会继续监视。</translation>
    </message>
    <message>
        <source>The weights alone, by the names of the network&apos;s own layers.</source>
        <translation>仅权重，以网络自身各层的名称命名。</translation>
    </message>
    <message>
        <source>The weights of the model: both files belong together.</source>
        <translation>模型的权重：两个文件须放在一起。</translation>
    </message>
    <message>
        <source>The weights of the run {run}.</source>
        <translation>训练 {run} 的权重。</translation>
    </message>
    <message>
        <source>The weights of {name} are missing: {file}.</source>
        <translation>缺少 {name} 的权重文件：{file}。</translation>
    </message>
    <message>
        <source>The weights of {name} in {file} are cut short.</source>
        <translation>{name} 存放在 {file} 中的权重不完整。</translation>
    </message>
    <message>
        <source>The window needs a newer version.</source>
        <translation>窗口界面需要更新的版本。</translation>
    </message>
    <message>
        <source>The window needs {width} × {height}: choose a smaller scaling in the system&apos;s settings.</source>
        <translation>窗口需要 {width} × {height}：请在系统设置中选择较小的缩放比例。</translation>
    </message>
    <message>
        <source>The {count} classes that are recognised worst, of {all}.</source>
        <translation>{all} 个类别中识别最差的 {count} 个。</translation>
    </message>
    <message>
        <source>The {count} classes with the fewest images</source>
        <translation>图片最少的 {count} 个类别</translation>
    </message>
    <message>
        <source>The {count} latest are listed.</source>
        <translation>列出最近的 {count} 处。</translation>
    </message>
    <message>
        <source>The {count} most confident ones are shown.</source>
        <translation>显示置信度最高的 {count} 张。</translation>
    </message>
    <message>
        <source>The {count} wrong answers that gave the true class the least.</source>
        <translation>真实类别得分最低的 {count} 个错误回答。</translation>
    </message>
    <message>
        <source>The {count} wrong answers that gave the true class the least. Left: what the model sees. Right: where it looked for its answer; bright places counted most (Grad-CAM).</source>
        <translation>真实类别得分最低的 {count} 个错误回答。左：模型看到的图片。右：它作答时关注的位置，越亮作用越大（Grad-CAM）。</translation>
    </message>
    <message>
        <source>Their classes have a single image, copies not counted. Add images.</source>
        <translation>它们的类别只有一张图片（不计副本）。请添加图片。</translation>
    </message>
    <message>
        <source>Their terms</source>
        <translation>权重的条款</translation>
    </message>
    <message>
        <source>There are no images to look at.</source>
        <translation>没有可查看的图片。</translation>
    </message>
    <message>
        <source>There are no training images of {names}; the 8-bit ranges are chosen without them.</source>
        <translation>{names} 没有训练图片；选择 8 位取值范围时不包含它们。</translation>
    </message>
    <message>
        <source>There are no training images to choose the 8-bit ranges by.</source>
        <translation>没有可用来选择 8 位取值范围的训练图片。</translation>
    </message>
    <message>
        <source>There are no training images to compare with.</source>
        <translation>没有可供比较的训练图片。</translation>
    </message>
    <message>
        <source>There are no validation images of {names}: nothing shows how well the file knows them.</source>
        <translation>{names} 没有验证图片：无法得知该文件对它们的识别效果。</translation>
    </message>
    <message>
        <source>There are not two classes with two different images each to compare.</source>
        <translation>没有两个各含两张不同图片的类别可供比较。</translation>
    </message>
    <message>
        <source>There are only {count} training images to choose the 8-bit ranges by.</source>
        <translation>只有 {count} 张训练图片可用来选择 8 位取值范围。</translation>
    </message>
    <message>
        <source>There is a file {name} already.</source>
        <translation>已存在文件 {name}。</translation>
    </message>
    <message>
        <source>There is a run {run} already.</source>
        <translation>已有名为 {run} 的训练。</translation>
    </message>
    <message>
        <source>There is an export {name} already.</source>
        <translation>已有名为 {name} 的导出。</translation>
    </message>
    <message>
        <source>There is no connection to {host} through the proxy {proxy}: {reason}.</source>
        <translation>无法通过代理 {proxy} 连接到 {host}：{reason}。</translation>
    </message>
    <message>
        <source>There is no export for {name}.</source>
        <translation>没有面向 {name} 的导出。</translation>
    </message>
    <message>
        <source>There is no export {name} in the trash.</source>
        <translation>回收站中没有导出 {name}。</translation>
    </message>
    <message>
        <source>There is no folder with masks here.</source>
        <translation>此处没有掩膜文件夹。</translation>
    </message>
    <message>
        <source>There is no folder {path} that can be read.</source>
        <translation>没有可以读取的文件夹 {path}。</translation>
    </message>
    <message>
        <source>There is no font to write a PDF file with.</source>
        <translation>没有可用于写 PDF 文件的字体。</translation>
    </message>
    <message>
        <source>There is no image in it.</source>
        <translation>其中没有图片。</translation>
    </message>
    <message>
        <source>There is no model card beside the file. {reason}</source>
        <translation>文件旁没有模型卡。{reason}</translation>
    </message>
    <message>
        <source>There is no model card beside the file: the model learned more while it was exported.</source>
        <translation>文件旁没有模型卡：导出期间模型又继续学习了。</translation>
    </message>
    <message>
        <source>There is no run {run} in the trash.</source>
        <translation>回收站中没有训练 {run}。</translation>
    </message>
    <message>
        <source>There is no runtime named {name}.</source>
        <translation>没有名为 {name} 的运行方式。</translation>
    </message>
    <message>
        <source>There is nothing to compare: both are {run}.</source>
        <translation>没有可比较的：两者都是 {run}。</translation>
    </message>
    <message>
        <source>There is nothing to measure.</source>
        <translation>没有可测量的内容。</translation>
    </message>
    <message>
        <source>There is too little space for the converter for {name}: it takes {megabytes} MB.</source>
        <translation>空间不足以安装 {name} 的转换器：需要 {megabytes} MB。</translation>
    </message>
    <message>
        <source>There must be at least one image to learn from.</source>
        <translation>至少要有一张训练图片。</translation>
    </message>
    <message>
        <source>These are images without their kinds: what is to be learned from them?</source>
        <translation>这些图片没有类别：要从中学到什么呢？</translation>
    </message>
    <message>
        <source>These are test images, which choose nothing. Which images the model was trained on is not remembered.</source>
        <translation>这些是测试图片，不参与任何选择。没有记录模型是用哪些图片训练的。</translation>
    </message>
    <message>
        <source>These images are of the folder {name}, but some of them had a part in the training.</source>
        <translation>这些图片来自文件夹 {name}，但其中一些参与过训练。</translation>
    </message>
    <message>
        <source>These images are of the folder {name}, which is no part of the project: nothing was chosen by them.</source>
        <translation>这些图片来自文件夹 {name}，不属于项目：没有用它们做任何选择。</translation>
    </message>
    <message>
        <source>These test images were kept apart: nothing was learned from them and nothing was chosen by them.</source>
        <translation>这些测试图片被单独保留：模型没有从中学习，也没有用它们做任何选择。</translation>
    </message>
    <message>
        <source>These validation images also chose which epoch was kept and how sure the model says it is. On new images expect somewhat worse; only test images, which choose nothing, can tell.</source>
        <translation>这些验证图片还决定了保留哪一轮以及模型表达的确信程度。在新图片上应预期稍差；只有不参与任何选择的测试图片才能说明真实情况。</translation>
    </message>
    <message>
        <source>They are not used. The list says what is wrong with each and what to do.</source>
        <translation>这些文件未被使用。列表说明了各自的问题和处理方法。</translation>
    </message>
    <message>
        <source>They are the same images, in the same parts, as in the training.</source>
        <translation>图片及其划分与训练时完全相同。</translation>
    </message>
    <message>
        <source>They were drawn at random, each class separately: {shares}.</source>
        <translation>按类别分别随机抽取：{shares}。</translation>
    </message>
    <message>
        <source>This Mac has an Intel processor; it computes by itself.</source>
        <translation>这台 Mac 使用 Intel 处理器，由它自己计算。</translation>
    </message>
    <message>
        <source>This Python is made for Intel&apos;s processors and runs in translation.</source>
        <translation>当前 Python 为 Intel 处理器编译，正在转译运行。</translation>
    </message>
    <message>
        <source>This box does not lie inside the image.</source>
        <translation>此方框不在图片之内。</translation>
    </message>
    <message>
        <source>This computer has no font with Chinese characters, so the window stays English.</source>
        <translation>这台电脑没有带汉字的字体，因此窗口保持英文。</translation>
    </message>
    <message>
        <source>This folder was made with EffNet Studio.</source>
        <translation>此文件夹由 EffNet Studio 生成。</translation>
    </message>
    <message>
        <source>This is on another computer&apos;s disk: slower, and lost when the network is.</source>
        <translation>它位于另一台电脑的磁盘上：速度较慢，断网时无法访问。</translation>
    </message>
    <message>
        <source>This mask has another shape than its image.</source>
        <translation>此掩膜与其图片形状不同。</translation>
    </message>
    <message>
        <source>This model also knows {known}, which your data does not have.</source>
        <translation>该模型还认识 {known}，而你的数据中没有。</translation>
    </message>
    <message>
        <source>This model does not know all of your classes: your data has {data} too.</source>
        <translation>该模型不认识你的全部类别：你的数据中还有 {data}。</translation>
    </message>
    <message>
        <source>This model does not know {count} of the classes of these images: {names}.</source>
        <translation>此模型不认识这些图片的 {count} 个类别：{names}。</translation>
    </message>
    <message>
        <source>This model knows none of your classes: it knows {known}; your data has {data}.</source>
        <translation>该模型不认识你的任何类别：它认识 {known}；你的数据中有 {data}。</translation>
    </message>
    <message>
        <source>This model knows {known}, which your data does not have; your data has {data}, which the model does not know.</source>
        <translation>该模型认识 {known}，而你的数据中没有；你的数据中有 {data}，而该模型不认识。</translation>
    </message>
    <message>
        <source>This project</source>
        <translation>当前项目</translation>
    </message>
    <message>
        <source>This version ends the app with an error after a while on Python 3.11.</source>
        <translation>此版本在 Python 3.11 上运行一段时间后会使应用崩溃。</translation>
    </message>
    <message>
        <source>This version lets a crafted model read files outside of it.</source>
        <translation>此版本允许恶意构造的模型读取其外部的文件。</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>Time and memory</source>
        <translation>用时和内存</translation>
    </message>
    <message>
        <source>Time for one image</source>
        <translation>单张图片用时</translation>
    </message>
    <message>
        <source>Time of one image, without reading its file</source>
        <translation>单张图片用时，不含读取文件</translation>
    </message>
    <message>
        <source>Times chance</source>
        <translation>随机倍数</translation>
    </message>
    <message>
        <source>To work without network later, download them ahead of time.</source>
        <translation>若以后需要离线使用，请提前下载。</translation>
    </message>
    <message>
        <source>Too few images to know how well these classes are recognised (fewer than {few} each): {names}.</source>
        <translation>以下类别图片太少（每类不足 {few} 张），无法判断识别得如何：{names}。</translation>
    </message>
    <message>
        <source>Too few to rely on. Images answered: {answered}. With new images anything from {low} to {high} % of the answers may be right.</source>
        <translation>数量太少，不足为凭。给出回答的图片：{answered}。对新图片，回答的正确率可能在 {low} % 到 {high} % 之间。</translation>
    </message>
    <message>
        <source>Train again with a learning rate of {rate:.2g} or less and 32-bit precision; the best model so far is kept.</source>
        <translation>请用不高于 {rate:.2g} 的学习率和 32 位精度重新训练；目前最好的模型已保留。</translation>
    </message>
    <message>
        <source>Train it again.</source>
        <translation>请重新训练。</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练集</translation>
    </message>
    <message>
        <source>Training begins with images of this side and grows to the full size over the first two thirds of the epochs; empty: full size from the start. Quicker, and often as exact.</source>
        <translation>训练从这一边长的图片开始，在前三分之二的轮次中增大到完整尺寸；留空：一开始就用完整尺寸。更快，而且往往同样准确。</translation>
    </message>
    <message>
        <source>Training data</source>
        <translation>训练数据</translation>
    </message>
    <message>
        <source>Training went astray in epoch {epoch}: the loss is no longer a number, at lower learning rates too.</source>
        <translation>训练在第 {epoch} 轮出错：损失不再是数值，降低学习率后仍然如此。</translation>
    </message>
    <message>
        <source>Translates the network for this computer first, which takes a minute and needs a compiler. Auto does so in long runs, if it really makes them faster.</source>
        <translation>先把网络编译成适合这台计算机的形式，约需一分钟，并且需要编译器。自动：仅在较长的训练中、且确实更快时才这样做。</translation>
    </message>
    <message>
        <source>True class: {name}</source>
        <translation>真实类别：{name}</translation>
    </message>
    <message>
        <source>Try again later, or choose another mirror.</source>
        <translation>请稍后重试，或选择其他镜像。</translation>
    </message>
    <message>
        <source>Try again, or choose another format; ONNX works everywhere.</source>
        <translation>请重试，或选择其他格式；ONNX 在任何地方都可用。</translation>
    </message>
    <message>
        <source>Unpack a release of onnxruntime for C++ into a folder, put its name where it says FOLDER, and build:</source>
        <translation>把 onnxruntime 的 C++ 发行包解压到一个文件夹，用它的名称替换 FOLDER，然后编译：</translation>
    </message>
    <message>
        <source>Update EffNet Studio, or make the bundle with this version.</source>
        <translation>请更新 EffNet Studio，或用此版本制作权重包。</translation>
    </message>
    <message>
        <source>Update macOS.</source>
        <translation>请更新 macOS。</translation>
    </message>
    <message>
        <source>Use that model again, or delete the file to begin anew.</source>
        <translation>请再次使用那个模型，或删除该文件以重新开始。</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>验证集</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Version of the app</source>
        <translation>本应用的版本</translation>
    </message>
    <message>
        <source>Version of the dataset</source>
        <translation>数据集版本</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Wait until it is written, and open it again.</source>
        <translation>请等它写完后再打开。</translation>
    </message>
    <message>
        <source>Ways that were tried, the fastest first</source>
        <translation>尝试过的方案，最快的在前</translation>
    </message>
    <message>
        <source>Weight averaging</source>
        <translation>权重平均</translation>
    </message>
    <message>
        <source>Weighted sampling</source>
        <translation>加权采样</translation>
    </message>
    <message>
        <source>Weights learned from the photographs of ImageNet.</source>
        <translation>从 ImageNet 照片中学到的权重。</translation>
    </message>
    <message>
        <source>Weights of {model} learned from the 1.28 million photographs of ImageNet-1K (top-1 {top1} % there).</source>
        <translation>{model} 的权重，从 ImageNet-1K 的 128 万张照片中学得（在其上 top-1 为 {top1} %）。</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>What is taken for what</source>
        <translation>混淆情况</translation>
    </message>
    <message>
        <source>What it is for, and who should use it:</source>
        <translation>用途以及适用人群：</translation>
    </message>
    <message>
        <source>What it must not be used for:</source>
        <translation>不得用于：</translation>
    </message>
    <message>
        <source>What it says</source>
        <translation>含义</translation>
    </message>
    <message>
        <source>What it says of its classes, preparation or threshold is not what the app does.</source>
        <translation>它所说明的类别、预处理或阈值与本应用不符。</translation>
    </message>
    <message>
        <source>What the browser handed over is no picture, or was cut off.</source>
        <translation>浏览器交来的不是图片，或内容不完整。</translation>
    </message>
    <message>
        <source>What the checks found and nobody has mended:</source>
        <translation>检查发现但尚未修正的问题：</translation>
    </message>
    <message>
        <source>What the file is and where it came from</source>
        <translation>文件是什么，从何而来</translation>
    </message>
    <message>
        <source>What the model is for, how good it is, and where not to use it.</source>
        <translation>模型的用途、好坏，以及不该用在哪里。</translation>
    </message>
    <message>
        <source>What the reading of pictures offers the program.</source>
        <translation>读取图片部分的接口。</translation>
    </message>
    <message>
        <source>What was tried</source>
        <translation>尝试过的方案</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Where an error could harm somebody, a person should look at every answer: nothing here shows that it is fit for that.</source>
        <translation>如果出错可能伤害他人，每个回答都应由人复核：本报告不能证明它适合此类用途。</translation>
    </message>
    <message>
        <source>Where it came from</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Where it looks</source>
        <translation>关注区域</translation>
    </message>
    <message>
        <source>Where one of the others keeps its files and sent the app on to.</source>
        <translation>上述某个服务器存放文件之处，由它转到这里。</translation>
    </message>
    <message>
        <source>Where that was measured</source>
        <translation>测量环境</translation>
    </message>
    <message>
        <source>Where the images come from, and under which terms:</source>
        <translation>图片来源及其条款：</translation>
    </message>
    <message>
        <source>Where, when and with which cameras the images were taken:</source>
        <translation>图片拍摄的地点、时间和相机：</translation>
    </message>
    <message>
        <source>Which images the model was trained on is not remembered.</source>
        <translation>没有记录模型是用哪些图片训练的。</translation>
    </message>
    <message>
        <source>Who made it, and how to reach them:</source>
        <translation>制作者及联系方式：</translation>
    </message>
    <message>
        <source>Whom a wrong answer could harm, and how:</source>
        <translation>错误的回答可能伤害谁，如何伤害：</translation>
    </message>
    <message>
        <source>With frozen stages: how many variants of each image these look at, once, before the epochs take them in turn; used where it makes the training clearly faster. 0: new variants in every epoch.</source>
        <translation>冻结阶段时：这些阶段对每张图片预先看多少个变体，之后各轮轮流使用；仅在明显加快训练时使用。0：每轮都用新的变体。</translation>
    </message>
    <message>
        <source>With random weights the map is nearly the same: it shows the image, not what the model learned.</source>
        <translation>换成随机权重后热力图几乎不变：它显示的是图片本身，而不是模型学到的东西。</translation>
    </message>
    <message>
        <source>With this version plots are slow or stay empty.</source>
        <translation>此版本会使图表变慢或空白。</translation>
    </message>
    <message>
        <source>Without any image here: {names}.</source>
        <translation>此处没有任何图片的类别：{names}。</translation>
    </message>
    <message>
        <source>Without them a training without network begins from nothing. Install the app anew.</source>
        <translation>缺少它们时，离线训练只能从零开始。请重新安装应用。</translation>
    </message>
    <message>
        <source>Worst mistakes</source>
        <translation>最严重的错误</translation>
    </message>
    <message>
        <source>Write it as http://host:port, or direct for none.</source>
        <translation>请写成 http://⁠主⁠机:⁠端⁠口，或填 direct 表示不使用代理。</translation>
    </message>
    <message>
        <source>Write it as http://name:password@host:port.</source>
        <translation>请写成 http://⁠用⁠户⁠名:⁠密⁠码@主⁠机:⁠端⁠口。</translation>
    </message>
    <message>
        <source>Write the rest as a note.</source>
        <translation>其余内容请写在备注中。</translation>
    </message>
    <message>
        <source>Writes the curves for TensorBoard too, into the run&apos;s folder.</source>
        <translation>同时把曲线写成 TensorBoard 文件，放在训练的文件夹中。</translation>
    </message>
    <message>
        <source>Wrong</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Wrong answers</source>
        <translation>错误回答</translation>
    </message>
    <message>
        <source>Wrong answers: {count}</source>
        <translation>错误答案：{count}</translation>
    </message>
    <message>
        <source>and {count} more classes</source>
        <translation>以及另外 {count} 个类别</translation>
    </message>
    <message>
        <source>answered</source>
        <translation>已应答</translation>
    </message>
    <message>
        <source>app: {value}</source>
        <translation>本应用：{value}</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>compared</source>
        <translation>对照</translation>
    </message>
    <message>
        <source>images of the folder {name}</source>
        <translation>来自文件夹 {name} 的图片</translation>
    </message>
    <message>
        <source>is being installed</source>
        <translation>正在安装</translation>
    </message>
    <message>
        <source>it does not say why.</source>
        <translation>未说明原因。</translation>
    </message>
    <message>
        <source>its name was not found</source>
        <translation>找不到该名称</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>没有响应</translation>
    </message>
    <message>
        <source>no connection</source>
        <translation>无法连接</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>none found</source>
        <translation>未找到</translation>
    </message>
    <message>
        <source>none installed</source>
        <translation>未安装</translation>
    </message>
    <message>
        <source>none of these</source>
        <translation>不属于任何类别</translation>
    </message>
    <message>
        <source>none yet: they come when a training first needs them</source>
        <translation>暂无：训练首次需要时会下载</translation>
    </message>
    <message>
        <source>not finished</source>
        <translation>未完成</translation>
    </message>
    <message>
        <source>not in this packaged app; set the app up with Python to have it</source>
        <translation>此打包版应用不包含；如需使用，请用 Python 安装应用</translation>
    </message>
    <message>
        <source>of a probability</source>
        <translation>概率之差</translation>
    </message>
    <message>
        <source>of {images} images</source>
        <translation>共 {images} 张图片</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>on</source>
        <translation>开</translation>
    </message>
    <message>
        <source>process {pid} on {host}</source>
        <translation>{host} 上的进程 {pid}</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>被拒绝</translation>
    </message>
    <message>
        <source>test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>test images</source>
        <translation>测试图片</translation>
    </message>
    <message>
        <source>the bottom left corner</source>
        <translation>左下角</translation>
    </message>
    <message>
        <source>the bottom right corner</source>
        <translation>右下角</translation>
    </message>
    <message>
        <source>the checksum of {file} differs</source>
        <translation>{file} 的校验和不一致</translation>
    </message>
    <message>
        <source>the left border</source>
        <translation>左边缘</translation>
    </message>
    <message>
        <source>the lower border</source>
        <translation>下边缘</translation>
    </message>
    <message>
        <source>the right border</source>
        <translation>右边缘</translation>
    </message>
    <message>
        <source>the top left corner</source>
        <translation>左上角</translation>
    </message>
    <message>
        <source>the top right corner</source>
        <translation>右上角</translation>
    </message>
    <message>
        <source>the upper border</source>
        <translation>上边缘</translation>
    </message>
    <message>
        <source>timm does not fit the installed PyTorch: {reason}</source>
        <translation>timm 与已安装的 PyTorch 不匹配：{reason}</translation>
    </message>
    <message>
        <source>training images</source>
        <translation>训练图片</translation>
    </message>
    <message>
        <source>two files have the same name</source>
        <translation>有两个同名文件</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>validation images</source>
        <translation>验证图片</translation>
    </message>
    <message>
        <source>{account} Added blocks, which begin by passing on what they get: {count}.</source>
        <translation>{account} 新增的模块（一开始只把输入原样传下去）：{count} 个。</translation>
    </message>
    <message>
        <source>{better} is right more often, which could be chance (p = {p}).</source>
        <translation>{better} 答对得更多，但这可能是偶然（p = {p}）。</translation>
    </message>
    <message>
        <source>{block} has no channel {number}.</source>
        <translation>{block} 没有通道 {number}。</translation>
    </message>
    <message>
        <source>{chart} as a table</source>
        <translation>{chart}（表格）</translation>
    </message>
    <message>
        <source>{count} images could not be read and were left out.</source>
        <translation>{count} 张图片无法读取，已略去。</translation>
    </message>
    <message>
        <source>{count} million</source>
        <translation>{count} 百万</translation>
    </message>
    <message>
        <source>{count} min</source>
        <translation>{count} 分钟</translation>
    </message>
    <message>
        <source>{count} of the {images} judged images are among those it has learned from. The figures are too good by as much as that helps.</source>
        <translation>{images} 张被评估的图片中有 {count} 张曾用于训练。指标因此偏高。</translation>
    </message>
    <message>
        <source>{count} of the {images} judged images were validation images in the training, and chose its best epoch.</source>
        <translation>{images} 张被评估的图片中有 {count} 张在训练时是验证图片，决定了最佳轮次。</translation>
    </message>
    <message>
        <source>{count} s</source>
        <translation>{count} 秒</translation>
    </message>
    <message>
        <source>{done} of {planned}; kept is epoch {best}, the best on the validation images</source>
        <translation>{planned} 轮中完成 {done} 轮；保留第 {best} 轮，即在验证图片上最好的一轮</translation>
    </message>
    <message>
        <source>{epochs} epochs in {time} with EffNet Studio {app}</source>
        <translation>使用 EffNet Studio {app} 在 {time}内训练 {epochs} 轮</translation>
    </message>
    <message>
        <source>{extreme} quarter (under {limit})</source>
        <translation>{extreme}的四分之一（低于 {limit}）</translation>
    </message>
    <message>
        <source>{extreme} quarter ({limit} and more)</source>
        <translation>{extreme}的四分之一（{limit} 及以上）</translation>
    </message>
    <message>
        <source>{file} does not belong there</source>
        <translation>{file} 不应在其中</translation>
    </message>
    <message>
        <source>{file} is no plain file</source>
        <translation>{file} 不是普通文件</translation>
    </message>
    <message>
        <source>{file} is not ready. {reason}</source>
        <translation>{file} 未就绪。{reason}</translation>
    </message>
    <message>
        <source>{file} is not what was published</source>
        <translation>{file} 与发布的不一致</translation>
    </message>
    <message>
        <source>{file} is not whole</source>
        <translation>{file} 不完整</translation>
    </message>
    <message>
        <source>{format} can be made here, but not compared with the app: {reason}</source>
        <translation>此处可以生成{format}，但无法与本应用对照：{reason}</translation>
    </message>
    <message>
        <source>{found}. Damaged: {names}</source>
        <translation>{found}。已损坏：{names}</translation>
    </message>
    <message>
        <source>{host} sends the download round in a circle.</source>
        <translation>{host} 的下载重定向陷入循环。</translation>
    </message>
    <message>
        <source>{host} sent a web page instead of the file.</source>
        <translation>{host} 发来的是网页，而不是文件。</translation>
    </message>
    <message>
        <source>{host} sent another part of the file than was asked for.</source>
        <translation>{host} 发送的不是所请求的文件部分。</translation>
    </message>
    <message>
        <source>{host} sent the file packed ({how}).</source>
        <translation>{host} 发送了压缩过的文件（{how}）。</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours} 小时 {minutes} 分钟</translation>
    </message>
    <message>
        <source>{images} images of {classes} classes; version {version}.</source>
        <translation>{classes} 个类别的 {images} 张图片；版本 {version}。</translation>
    </message>
    <message>
        <source>{images} {part}; {classes} classes.</source>
        <translation>{images} 张{part}；{classes} 个类别。</translation>
    </message>
    <message>
        <source>{limit} and more</source>
        <translation>{limit} 及以上</translation>
    </message>
    <message>
        <source>{method} does not depend on a class.</source>
        <translation>{method} 与类别无关。</translation>
    </message>
    <message>
        <source>{model} cannot teach: there are no weights for it.</source>
        <translation>{model} 无法担任教师：没有它的权重。</translation>
    </message>
    <message>
        <source>{model} gave up. {reason}</source>
        <translation>{model} 中途停止。{reason}</translation>
    </message>
    <message>
        <source>{model} learns the classes first, to teach them.</source>
        <translation>{model} 先学习这些类别，然后再教。</translation>
    </message>
    <message>
        <source>{model}, {runtime}</source>
        <translation>{model}，{runtime}</translation>
    </message>
    <message>
        <source>{model}; {method} at {layer}; images {version}; {date}.</source>
        <translation>{model}；{method}，{layer}；图片版本 {version}；{date}。</translation>
    </message>
    <message>
        <source>{names} and {count} more</source>
        <translation>{names} 以及另外 {count} 个</translation>
    </message>
    <message>
        <source>{names}: missing or damaged</source>
        <translation>{names}：缺失或损坏</translation>
    </message>
    <message>
        <source>{names}: not used. The app computes on NVIDIA&apos;s cards, on Apple&apos;s processors and, with PyTorch&apos;s build for ROCm, on AMD&apos;s cards under Linux.</source>
        <translation>{names}：未使用。应用可用 NVIDIA 显卡和 Apple 处理器计算；在 Linux 上配合 PyTorch 的 ROCm 版本，也可用 AMD 显卡。</translation>
    </message>
    <message>
        <source>{names}; {size:.0f} MB in {folder}</source>
        <translation>{names}；{size:.0f} MB，位于 {folder}</translation>
    </message>
    <message>
        <source>{name} ({memory})</source>
        <translation>{name}（{memory}）</translation>
    </message>
    <message>
        <source>{name} cannot be installed: {reason}.</source>
        <translation>无法安装 {name}：{reason}。</translation>
    </message>
    <message>
        <source>{name} cannot be used by PyTorch {version}: {reason}</source>
        <translation>PyTorch {version} 无法使用 {name}：{reason}</translation>
    </message>
    <message>
        <source>{name} cannot be {format}: its files end in {ending}.</source>
        <translation>{name} 不能是 {format}：这种文件的扩展名是 {ending}。</translation>
    </message>
    <message>
        <source>{name} holds answers of another model.</source>
        <translation>{name} 中是另一个模型的结果。</translation>
    </message>
    <message>
        <source>{name} holds weights that this version of the app does not know: {file}.</source>
        <translation>{name} 含有此版本不认识的权重：{file}。</translation>
    </message>
    <message>
        <source>{name} is a single image; to learn, a model needs many.</source>
        <translation>{name} 只是一张图片；模型需要许多图片才能学习。</translation>
    </message>
    <message>
        <source>{name} is a table; the images are needed too.</source>
        <translation>{name} 是一张表格；还需要图片。</translation>
    </message>
    <message>
        <source>{name} is a trained model, not a folder of images.</source>
        <translation>{name} 是训练好的模型，不是图片文件夹。</translation>
    </message>
    <message>
        <source>{name} is damaged, or another file: its checksum differs.</source>
        <translation>{name} 已损坏，或不是正确的文件：校验和不符。</translation>
    </message>
    <message>
        <source>{name} is here, but CUDA_VISIBLE_DEVICES hides it.</source>
        <translation>已有 {name}，但被 CUDA_VISIBLE_DEVICES 隐藏。</translation>
    </message>
    <message>
        <source>{name} is here, but PyTorch {version} is the build for AMD cards.</source>
        <translation>已有 {name}，但 PyTorch {version} 是 AMD 显卡版本。</translation>
    </message>
    <message>
        <source>{name} is here, but PyTorch {version} is the build for processors only.</source>
        <translation>已有 {name}，但 PyTorch {version} 是仅支持处理器的版本。</translation>
    </message>
    <message>
        <source>{name} is here, but has no driver.</source>
        <translation>已有 {name}，但没有驱动程序。</translation>
    </message>
    <message>
        <source>{name} is no bundle of weights.</source>
        <translation>{name} 不是权重包。</translation>
    </message>
    <message>
        <source>{name} is not a list of answers.</source>
        <translation>{name} 不是答案列表。</translation>
    </message>
    <message>
        <source>{name} is not there.</source>
        <translation>找不到 {name}。</translation>
    </message>
    <message>
        <source>{name} is of generation {generation}; PyTorch {version} has programs for {known}.</source>
        <translation>{name} 的计算能力为 {generation}；PyTorch {version} 支持 {known}。</translation>
    </message>
    <message>
        <source>{name} was changed while it was copied.</source>
        <translation>{name} 在复制过程中被更改。</translation>
    </message>
    <message>
        <source>{name} was not opened: {reason}.</source>
        <translation>{name} 未打开：{reason}。</translation>
    </message>
    <message>
        <source>{name}, as the model sees it</source>
        <translation>{name}，模型看到的样子</translation>
    </message>
    <message>
        <source>{name}: it computes many times faster than the processor.</source>
        <translation>{name}：计算速度比处理器快许多倍。</translation>
    </message>
    <message>
        <source>{name}: its driver {driver} runs CUDA {runs} at most, and PyTorch {version} needs CUDA {needs}.</source>
        <translation>{name}：其驱动 {driver} 最高支持 CUDA {runs}，而 PyTorch {version} 需要 CUDA {needs}。</translation>
    </message>
    <message>
        <source>{name}: the graphics processor of this Mac.</source>
        <translation>{name}：这台 Mac 的图形处理器。</translation>
    </message>
    <message>
        <source>{name}: the processor, as there is no graphics card that can be used.</source>
        <translation>{name}：使用处理器，因为没有可用的显卡。</translation>
    </message>
    <message>
        <source>{path} cannot be read as a zip file: {reason}</source>
        <translation>无法将 {path} 作为 zip 文件读取：{reason}</translation>
    </message>
    <message>
        <source>{path}, {free} free</source>
        <translation>{path}，剩余 {free}</translation>
    </message>
    <message>
        <source>{percent} sure; {truth}: {other}</source>
        <translation>确信度 {percent}；{truth}：{other}</translation>
    </message>
    <message>
        <source>{points} points less accurate than {other}, with {percent} % of the work for each image.</source>
        <translation>比 {other} 低 {points} 个百分点，每张图片的计算量约为其 {percent} %。</translation>
    </message>
    <message>
        <source>{points} points less accurate than {other}, {factor} times as fast.</source>
        <translation>比 {other} 低 {points} 个百分点，速度为其 {factor} 倍。</translation>
    </message>
    <message>
        <source>{points} points more accurate than {other} and {factor} times as fast, but larger.</source>
        <translation>比 {other} 高 {points} 个百分点，速度为其 {factor} 倍，但更大。</translation>
    </message>
    <message>
        <source>{points} points more accurate than {other}, with {percent} % of the work for each image.</source>
        <translation>比 {other} 高 {points} 个百分点，每张图片的计算量约为其 {percent} %。</translation>
    </message>
    <message>
        <source>{project}, {run}: {right} of {images} images right ({percent} %), part: {split}.</source>
        <translation>{project}，{run}：{images} 张图片中 {right} 张正确（{percent} %），部分：{split}。</translation>
    </message>
    <message>
        <source>{proxy} is not a proxy that can be used.</source>
        <translation>{proxy} 不是可用的代理。</translation>
    </message>
    <message>
        <source>{run}</source>
        <translation>{run}</translation>
    </message>
    <message>
        <source>{run}, {model}: how well it recognises {images} {part}.</source>
        <translation>{run}，{model}：对 {images} 张{part}的识别效果。</translation>
    </message>
    <message>
        <source>{size} × {size} pixels</source>
        <translation>{size} × {size} 像素</translation>
    </message>
    <message>
        <source>{title} ({unit})</source>
        <translation>{title}（{unit}）</translation>
    </message>
    <message>
        <source>{total} allowed of the machine&apos;s {machine}, {free} free</source>
        <translation>主机共 {machine}，允许使用 {total}，剩余 {free}</translation>
    </message>
    <message>
        <source>{truth}, taken for {answer}</source>
        <translation>{truth}，被认作 {answer}</translation>
    </message>
    <message>
        <source>{truth}, taken for {answer} ({percent} %)</source>
        <translation>{truth}，误判为 {answer}（{percent} %）</translation>
    </message>
    <message>
        <source>{update} Or install a PyTorch for this driver.</source>
        <translation>{update}或安装适合该驱动的 PyTorch。</translation>
    </message>
    <message>
        <source>{value}: outputs are divided by it, so that probabilities mean what they say</source>
        <translation>{value}：输出除以它，使概率名副其实</translation>
    </message>
    <message>
        <source>{val} % for validation, seed {seed}</source>
        <translation>{val} % 用于验证，随机种子 {seed}</translation>
    </message>
    <message>
        <source>{val} % for validation, {test} % for test, seed {seed}</source>
        <translation>{val} % 用于验证，{test} % 用于测试，随机种子 {seed}</translation>
    </message>
    <message>
        <source>{variable}=on before the command uses it all the same.</source>
        <translation>在命令前设置 {variable}=on 即可使用它。</translation>
    </message>
    <message>
        <source>{variant} was not measured to the end: {reason}.</source>
        <translation>{variant} 未测量完：{reason}。</translation>
    </message>
    <message>
        <source>{variant}: {milliseconds} ms for an image ({repeats} repeats).</source>
        <translation>{variant}：每张图片 {milliseconds} 毫秒（重复 {repeats} 次）。</translation>
    </message>
    <message>
        <source>{version}. {reason}</source>
        <translation>{version}。{reason}</translation>
    </message>
    <message>
        <source>{width} × {height} at {scale} % ({platform})</source>
        <translation>{width} × {height}，缩放 {scale} %（{platform}）</translation>
    </message>
    <message>
        <source>α</source>
        <translation>α</translation>
    </message>
    <message>
        <source>β</source>
        <translation>β</translation>
    </message>
    <message>
        <source>γ</source>
        <translation>γ</translation>
    </message>
    <message>
        <source>φ</source>
        <translation>φ</translation>
    </message>
    <message>
        <source>Stop that or wait for its end, then open the other project.</source>
        <translation>请停止它或等待其完成，然后再打开其他项目。</translation>
    </message>
    <message>
        <source>The folder vanished while it was read: {path}.</source>
        <translation>读取时文件夹消失了：{path}。</translation>
    </message>
    <message>
        <source>The image makes its reader crash.</source>
        <translation>该图片会使读取程序崩溃。</translation>
    </message>
    <message>
        <source>The image takes too long to be read.</source>
        <translation>读取该图片耗时过长。</translation>
    </message>
    <message>
        <source>The index {path} was made by an older version.</source>
        <translation>索引 {path} 由旧版本创建。</translation>
    </message>
    <message>
        <source>The model is checked with what it has learned by heart, so its score looks better than it is. Put them on one side.</source>
        <translation>模型在用它背下来的图片受检，因此成绩看起来比实际好。请把它们放到同一部分。</translation>
    </message>
    <message>
        <source>The model looks at a square from the middle; what lies outside is not seen.</source>
        <translation>模型只看中间的正方形区域；其外的内容看不到。</translation>
    </message>
    <message>
        <source>The model will prefer what it sees most. Add images, or balance the classes in training.</source>
        <translation>模型会偏向见得最多的类别。请添加图片，或在训练中平衡各类别。</translation>
    </message>
    <message>
        <source>The name of its class is empty.</source>
        <translation>它的类别名称为空。</translation>
    </message>
    <message>
        <source>The names of the images in {path} say no classes.</source>
        <translation>从 {path} 中的文件名看不出类别。</translation>
    </message>
    <message>
        <source>The open project is still at work: {names}.</source>
        <translation>当前项目仍在运行：{names}。</translation>
    </message>
    <message>
        <source>The pattern {pattern} does not say where the class stands.</source>
        <translation>模式 {pattern} 没有说明类别的位置。</translation>
    </message>
    <message>
        <source>The pattern {pattern} is no regular expression: {reason}.</source>
        <translation>模式 {pattern} 不是正则表达式：{reason}。</translation>
    </message>
    <message>
        <source>The project does not remember the version {version}.</source>
        <translation>项目没有记录版本 {version}。</translation>
    </message>
    <message>
        <source>The shares for validation and test leave nothing to learn from.</source>
        <translation>验证和测试的比例没有留下可供学习的图片。</translation>
    </message>
    <message>
        <source>The table does not name it.</source>
        <translation>表格中没有它。</translation>
    </message>
    <message>
        <source>The table gives it no class.</source>
        <translation>表格没有给它类别。</translation>
    </message>
    <message>
        <source>The table gives it two classes.</source>
        <translation>表格给了它两个类别。</translation>
    </message>
    <message>
        <source>The test share must lie between 0 and 1; it is {value}.</source>
        <translation>测试比例必须在 0 和 1 之间；当前为 {value}。</translation>
    </message>
    <message>
        <source>There are no images in {name}.</source>
        <translation>{name} 中没有图片。</translation>
    </message>
    <message>
        <source>There are too many files in {name}.</source>
        <translation>{name} 中的文件过多。</translation>
    </message>
    <message>
        <source>There is no class {name}.</source>
        <translation>没有类别 {name}。</translation>
    </message>
    <message>
        <source>There is no table of images and classes in {path}.</source>
        <translation>{path} 中没有图片与类别的表格。</translation>
    </message>
    <message>
        <source>There is not enough room to unpack {name}.</source>
        <translation>没有足够的空间解压 {name}。</translation>
    </message>
    <message>
        <source>There must be at least two classes to tell apart.</source>
        <translation>至少需要两个类别才能区分。</translation>
    </message>
    <message>
        <source>Several trainings begin with {run}.</source>
        <translation>有多个训练记录以 {run} 开头。</translation>
    </message>
    <message>
        <source>16-bit numbers in the convolutions that gain from them, 32 bits elsewhere.</source>
        <translation>在能够受益的卷积中使用 16 位浮点数，其余使用 32 位。</translation>
    </message>
    <message>
        <source>Choose a folder for the exported files.</source>
        <translation>请为导出的文件选择一个文件夹。</translation>
    </message>
    <message>
        <source>Open it, or choose the folder the images are in.</source>
        <translation>请打开它，或选择图片所在的文件夹。</translation>
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
        <translation>短边</translation>
    </message>
    <message>
        <source>Side of the square the model sees; empty: what the model was made for. Smaller is faster, larger sees finer detail.</source>
        <translation>模型所见方形图片的边长；留空则采用该模型的设计尺寸。越小越快，越大能看清越细的细节。</translation>
    </message>
    <message>
        <source>Side of the square, pixels.</source>
        <translation>正方形的边长（像素）。</translation>
    </message>
    <message>
        <source>Size of the steps at their largest. Halve it if the loss jumps.</source>
        <translation>步长的最大值。如果损失剧烈跳动，请减半。</translation>
    </message>
    <message>
        <source>Something unexpected happened: {reason}</source>
        <translation>发生了意外错误：{reason}</translation>
    </message>
    <message>
        <source>Start a new training with more epochs.</source>
        <translation>请以更多轮数开始新的训练。</translation>
    </message>
    <message>
        <source>Start a new training; the best model of this run stays as it is.</source>
        <translation>请开始新的训练；此次训练的最佳模型保持不变。</translation>
    </message>
    <message>
        <source>Starter backbone shipped with the app: {model} knows simple shapes and textures from small images. ImageNet weights are better when there is a network.</source>
        <translation>应用自带的骨干网络：{model} 从小图片中学会了简单的形状和纹理。有网络时 ImageNet 权重效果更好。</translation>
    </message>
    <message>
        <source>Starting weights</source>
        <translation>初始权重</translation>
    </message>
    <message>
        <source>System</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>The CPU was asked for.</source>
        <translation>按照选择使用 CPU。</translation>
    </message>
    <message>
        <source>The class {name} has a single image; it cannot be validated.</source>
        <translation>类别 {name} 只有一张图片；无法验证。</translation>
    </message>
    <message>
        <source>The class {name} has no image to learn from.</source>
        <translation>类别 {name} 没有可供学习的图片。</translation>
    </message>
    <message>
        <source>The class {name} has no image to validate on.</source>
        <translation>类别 {name} 没有可供验证的图片。</translation>
    </message>
    <message>
        <source>The connection to {host} was cut after {size:.1f} MB: {reason}.</source>
        <translation>与 {host} 的连接在 {size:.1f} MB 后中断：{reason}。</translation>
    </message>
    <message>
        <source>The content is not an image that can be read: {format}.</source>
        <translation>内容不是可读取的图片：{format}。</translation>
    </message>
    <message>
        <source>The disk is full: the download needs {size:.0f} MB more.</source>
        <translation>磁盘已满：下载还需要 {size:.0f} MB。</translation>
    </message>
    <message>
        <source>The disk is full: {path} could not be written.</source>
        <translation>磁盘已满：无法写入 {path}。</translation>
    </message>
    <message>
        <source>The exported graph is not valid ONNX: {reason}.</source>
        <translation>导出的计算图不是有效的 ONNX：{reason}。</translation>
    </message>
    <message>
        <source>The file cannot be read: {reason}.</source>
        <translation>无法读取文件：{reason}。</translation>
    </message>
    <message>
        <source>The file does not exist.</source>
        <translation>文件不存在。</translation>
    </message>
    <message>
        <source>The file from {url} is not the right one: its checksum differs.</source>
        <translation>来自 {url} 的文件不正确：校验和不一致。</translation>
    </message>
    <message>
        <source>The file is empty.</source>
        <translation>文件是空的。</translation>
    </message>
    <message>
        <source>The file is probably of another architecture: choose that model.</source>
        <translation>该文件可能属于另一种结构：请选择对应的模型。</translation>
    </message>
    <message>
        <source>The file is too large: {size} MB.</source>
        <translation>文件太大：{size} MB。</translation>
    </message>
    <message>
        <source>The file vanished: {reason}.</source>
        <translation>文件消失了：{reason}。</translation>
    </message>
    <message>
        <source>The folder cannot be read: {reason}.</source>
        <translation>无法读取文件夹：{reason}。</translation>
    </message>
    <message>
        <source>The folder does not exist: {path}.</source>
        <translation>文件夹不存在：{path}。</translation>
    </message>
    <message>
        <source>The folder of the images is not there any more: {folder}.</source>
        <translation>图片所在的文件夹已不存在：{folder}。</translation>
    </message>
    <message>
        <source>The folder {folder} is neither a project nor a training run.</source>
        <translation>文件夹 {folder} 既不是项目也不是训练记录。</translation>
    </message>
    <message>
        <source>The folder {name} has no images of a class.</source>
        <translation>文件夹 {name} 中没有任何类别的图片。</translation>
    </message>
    <message>
        <source>The index {path} cannot be written or read: {reason}.</source>
        <translation>无法写入或读取索引 {path}：{reason}。</translation>
    </message>
    <message>
        <source>The index {path} is damaged: {reason}.</source>
        <translation>索引 {path} 已损坏：{reason}。</translation>
    </message>
    <message>
        <source>The index {path} is in use by another program.</source>
        <translation>索引 {path} 正被其他程序使用。</translation>
    </message>
    <message>
        <source>The index {path} was made by a newer version.</source>
        <translation>索引 {path} 由更新的版本创建。</translation>
    </message>
    <message>
        <source>The installed PyTorch {version} has no MPS.</source>
        <translation>已安装的 PyTorch {version} 不支持 MPS。</translation>
    </message>
    <message>
        <source>The layer {layer} gives no map that could be shown over an image.</source>
        <translation>层 {layer} 没有可叠加在图片上显示的特征图。</translation>
    </message>
    <message>
        <source>The model could not be written as ONNX.</source>
        <translation>无法将模型写为 ONNX。</translation>
    </message>
    <message>
        <source>The model could not be written as ONNX: {reason}.</source>
        <translation>无法将模型写为 ONNX：{reason}。</translation>
    </message>
    <message>
        <source>The notes inside {name} are damaged: {reason}.</source>
        <translation>{name} 内部的说明信息已损坏：{reason}。</translation>
    </message>
    <message>
        <source>The notes inside {name} do not belong to its graph.</source>
        <translation>{name} 内部的说明信息与其计算图不符。</translation>
    </message>
    <message>
        <source>The image is cut short: the end of the file is missing.</source>
        <translation>图片不完整：缺少文件的末尾部分。</translation>
    </message>
    <message>
        <source>Frames of one scene are nearly the same image. They belong on one side of the split; a few of each are enough.</source>
        <translation>同一场景的连拍几乎是同一张图片。它们应在划分的同一侧；每组几张就够了。</translation>
    </message>
    <message>
        <source>The image is damaged and cannot be decoded ({detail}).</source>
        <translation>图片已损坏，无法解码（{detail}）。</translation>
    </message>
    <message>
        <source>The image is too large to be read.</source>
        <translation>图片太大，无法读取。</translation>
    </message>
    <message>
        <source>The image is too large: {width} × {height} pixels, at most {limit} million can be read.</source>
        <translation>图片太大：{width} × {height} 像素，最多可读取 {limit} 百万像素。</translation>
    </message>
    <message>
        <source>The images are no longer where they were imported from.</source>
        <translation>图片已不在导入时的位置。</translation>
    </message>
    <message>
        <source>The images have changed since the run {run} began.</source>
        <translation>自训练 {run} 开始以来，图片已发生变化。</translation>
    </message>
    <message>
        <source>The project file {path} is damaged.</source>
        <translation>项目文件 {path} 已损坏。</translation>
    </message>
    <message>
        <source>The project folder cannot be written; it is open for reading only.</source>
        <translation>项目文件夹无法写入；已以只读方式打开。</translation>
    </message>
    <message>
        <source>The project is closed.</source>
        <translation>项目已关闭。</translation>
    </message>
    <message>
        <source>The project is in use by {owner}.</source>
        <translation>项目正被 {owner} 使用。</translation>
    </message>
    <message>
        <source>The project was opened for reading only.</source>
        <translation>项目以只读方式打开。</translation>
    </message>
    <message>
        <source>The project {name} has no images yet.</source>
        <translation>项目 {name} 还没有图片。</translation>
    </message>
    <message>
        <source>The project {name} has no trained model yet.</source>
        <translation>项目 {name} 还没有训练好的模型。</translation>
    </message>
    <message>
        <source>The rest starts from random numbers; is the file of this architecture?</source>
        <translation>其余部分从随机数开始；该文件属于此结构吗？</translation>
    </message>
    <message>
        <source>The run {run} cannot be continued: its last state is damaged.</source>
        <translation>训练 {run} 无法继续：其最后的状态已损坏。</translation>
    </message>
    <message>
        <source>The run {run} cannot be read: {file} is damaged ({reason}).</source>
        <translation>无法读取训练 {run}：{file} 已损坏（{reason}）。</translation>
    </message>
    <message>
        <source>The run {run} has no finished epoch yet.</source>
        <translation>训练 {run} 还没有完成的轮次。</translation>
    </message>
    <message>
        <source>The run {run} is finished; there is nothing left to train.</source>
        <translation>训练 {run} 已完成；没有剩余的训练。</translation>
    </message>
    <message>
        <source>The run {run} was made by a newer version of the app.</source>
        <translation>训练 {run} 由更新版本的应用创建。</translation>
    </message>
    <message>
        <source>The squeeze-and-excitation map does not depend on a class.</source>
        <translation>压缩与激励（SE）图与类别无关。</translation>
    </message>
    <message>
        <source>The system refused a file operation: {reason}.</source>
        <translation>系统拒绝了文件操作：{reason}。</translation>
    </message>
    <message>
        <source>The training that made it has failed; use another file.</source>
        <translation>生成它的训练失败了；请使用其他文件。</translation>
    </message>
    <message>
        <source>The validation share must lie between 0 and 1; it is {value}.</source>
        <translation>验证集比例必须在 0 和 1 之间；当前为 {value}。</translation>
    </message>
    <message>
        <source>The weights of the run {run} are damaged or do not fit it.</source>
        <translation>训练 {run} 的权重已损坏或与其不匹配。</translation>
    </message>
    <message>
        <source>The weights {path} cannot be read: {reason}.</source>
        <translation>无法读取权重 {path}：{reason}。</translation>
    </message>
    <message>
        <source>There are no files in this folder.</source>
        <translation>此文件夹中没有文件。</translation>
    </message>
    <message>
        <source>There are no images in the part {split} of the dataset.</source>
        <translation>数据集的 {split} 部分没有图片。</translation>
    </message>
    <message>
        <source>There are no images in sub-folders of {path}.</source>
        <translation>{path} 的子文件夹中没有图片。</translation>
    </message>
    <message>
        <source>There are no images in {path}.</source>
        <translation>{path} 中没有图片。</translation>
    </message>
    <message>
        <source>There are no training images of: {classes}.</source>
        <translation>以下类别没有训练图片：{classes}。</translation>
    </message>
    <message>
        <source>There are no validation images; the file is compared on all images instead.</source>
        <translation>没有验证集图片；改为在全部图片上比较该文件。</translation>
    </message>
    <message>
        <source>There are no validation images, so nothing could tell how good a model is.</source>
        <translation>没有验证集图片，因此无法判断模型的好坏。</translation>
    </message>
    <message>
        <source>16-bit numbers in the convolutions that gain from them: {gain:.2f}× as fast here.</source>
        <translation>在能受益的卷积中使用 16 位数：在此计算机上速度为 {gain:.2f} 倍。</translation>
    </message>
    <message>
        <source>32-bit numbers: shorter ones were not faster here ({gain:.2f}×).</source>
        <translation>使用 32 位数：较短的数在此并不更快（{gain:.2f} 倍）。</translation>
    </message>
    <message>
        <source>95th percentile</source>
        <translation>第 95 百分位</translation>
    </message>
    <message>
        <source>A Python program</source>
        <translation>Python 程序</translation>
    </message>
    <message>
        <source>A Raspberry Pi</source>
        <translation>树莓派</translation>
    </message>
    <message>
        <source>A class needs a name.</source>
        <translation>类别需要名称。</translation>
    </message>
    <message>
        <source>A damaged file is not used; download it again.</source>
        <translation>损坏的文件不会被使用；请重新下载。</translation>
    </message>
    <message>
        <source>A model may only read files with its weights in its own folder; put them there and export it again.</source>
        <translation>模型只能读取它自己文件夹中的权重文件；请把它们放到那里并重新导出。</translation>
    </message>
    <message>
        <source>A newer version of the app will know it; the processor computes until then.</source>
        <translation>更新版本的应用会支持它；在此之前由处理器计算。</translation>
    </message>
    <message>
        <source>A page on which a picture can be chosen.</source>
        <translation>可以选择图片的网页。</translation>
    </message>
    <message>
        <source>A phone</source>
        <translation>手机</translation>
    </message>
    <message>
        <source>A program in C++</source>
        <translation>C++ 程序</translation>
    </message>
    <message>
        <source>A program that opens without our code, and its weights as safetensors.</source>
        <translation>无需本应用的代码即可打开的程序，以及 safetensors 格式的权重。</translation>
    </message>
    <message>
        <source>A run that is continued keeps its {setting}.</source>
        <translation>继续的训练保持其{setting}不变。</translation>
    </message>
    <message>
        <source>A second model follows the average of the weights and is often the better one; the share it keeps at each step. 0: off; 0.99 to 0.9999 is usual.</source>
        <translation>另一个模型跟踪权重的滑动平均，往往更好；数值为每一步保留的比例。0 为关闭；常用 0.99 到 0.9999。</translation>
    </message>
    <message>
        <source>A server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>A small computer in the cloud: 2 cores of an AMD EPYC, no graphics card</source>
        <translation>小型云主机：AMD EPYC 2 核，无显卡</translation>
    </message>
    <message>
        <source>A threshold for &quot;none of these&quot; was chosen since; the file answers every image.</source>
        <translation>此后选定了“不属于任何类别”的阈值；该文件会回答每张图片。</translation>
    </message>
    <message>
        <source>A web page</source>
        <translation>网页</translation>
    </message>
    <message>
        <source>AMD graphics card</source>
        <translation>AMD 显卡</translation>
    </message>
    <message>
        <source>Accuracy on the validation images by the time of one image, for each way tried.</source>
        <translation>每种尝试过的方案：验证图片上的准确率与单张图片用时。</translation>
    </message>
    <message>
        <source>Add LiteRT to the dependencies in app/build.gradle.kts:</source>
        <translation>在 app/build.gradle.kts 的依赖中加入 LiteRT：</translation>
    </message>
    <message>
        <source>Add images of: {names}.</source>
        <translation>请添加以下类别的图片：{names}。</translation>
    </message>
    <message>
        <source>Add training images; if the file loses too much accuracy, export in 32 bits.</source>
        <translation>请添加训练图片；如果文件损失的准确率过多，请以 32 位导出。</translation>
    </message>
    <message>
        <source>An Android app</source>
        <translation>Android 应用</translation>
    </message>
    <message>
        <source>An example: {example}</source>
        <translation>例如：{example}</translation>
    </message>
    <message>
        <source>Another program</source>
        <translation>其他程序</translation>
    </message>
    <message>
        <source>Another threshold for “none of these”</source>
        <translation>更改“不属于任何类别”的阈值</translation>
    </message>
    <message>
        <source>App</source>
        <translation>本应用</translation>
    </message>
    <message>
        <source>App: {answer}</source>
        <translation>本应用：{answer}</translation>
    </message>
    <message>
        <source>Apple&apos;s own format, for apps on iPhones, iPads and Macs.</source>
        <translation>Apple 自己的格式，用于 iPhone、iPad 和 Mac 上的应用。</translation>
    </message>
    <message>
        <source>Arranged by colours and edges only. Once a model is trained, a new map shows what it sees.</source>
        <translation>仅按颜色和边缘排列。训练出模型后，新分布图将显示模型看到的内容。</translation>
    </message>
    <message>
        <source>Arranged by what your model {model} sees in the images.</source>
        <translation>按你的模型 {model} 在图片中看到的内容排列。</translation>
    </message>
    <message>
        <source>Arranged by what {model} has learned from the photographs of ImageNet.</source>
        <translation>按 {model} 从 ImageNet 照片中学到的内容排列。</translation>
    </message>
    <message>
        <source>Ask it about pictures:</source>
        <translation>让它判断图片：</translation>
    </message>
    <message>
        <source>Asks the model about a picture. It needs Android, so the export did not run it: compare some answers with the app&apos;s.</source>
        <translation>就一张图片询问模型。它需要 Android，因此导出时没有运行过：请把几个答案与本应用的答案对照一下。</translation>
    </message>
    <message>
        <source>Begins with what {run} has learned, all classes included.</source>
        <translation>从 {run} 学到的内容开始，包括所有类别。</translation>
    </message>
    <message>
        <source>Begins with what {run} has learned; new to it: {classes}.</source>
        <translation>从 {run} 学到的内容开始；新类别：{classes}。</translation>
    </message>
    <message>
        <source>Below {side} pixels there is little to learn from.</source>
        <translation>小于 {side} 像素的图片几乎没有可学的内容。</translation>
    </message>
    <message>
        <source>Both read every image from its file. Intervals are 95 %: those of accuracies are Wilson&apos;s, those of points lost are of paired answers.</source>
        <translation>两者都从图片文件读取每一张图片。区间均为 95 %：准确率用 Wilson 区间，损失的百分点用配对回答的区间。</translation>
    </message>
    <message>
        <source>Both runs are right on the same images.</source>
        <translation>两次训练答对的图片相同。</translation>
    </message>
    <message>
        <source>Bring them back, or export in 32 bits, which needs none.</source>
        <translation>请把它们放回来，或以 32 位导出（不需要训练图片）。</translation>
    </message>
    <message>
        <source>Builds the program.</source>
        <translation>用来编译程序。</translation>
    </message>
    <message>
        <source>Certificate of {file}</source>
        <translation>{file} 的证书</translation>
    </message>
    <message>
        <source>Check that the drive is connected, or look for changes.</source>
        <translation>请检查驱动器是否已连接，或查找更改。</translation>
    </message>
    <message>
        <source>Check that the table and the folder belong together.</source>
        <translation>请检查表格与文件夹是否对应。</translation>
    </message>
    <message>
        <source>Check the connection to the internet, and try again.</source>
        <translation>请检查网络连接后重试。</translation>
    </message>
    <message>
        <source>Check the free space and your permission. The file may be deleted.</source>
        <translation>请检查剩余空间和你的权限。该文件可以删除。</translation>
    </message>
    <message>
        <source>Chinese font</source>
        <translation>中文字体</translation>
    </message>
    <message>
        <source>Chinese texts and class names show as empty boxes.</source>
        <translation>中文文字和类别名称会显示为空方框。</translation>
    </message>
    <message>
        <source>Choose a folder of its own for each export.</source>
        <translation>请为每个导出选择单独的文件夹。</translation>
    </message>
    <message>
        <source>Choose a folder with one sub-folder for each class, or a ZIP or TAR file.</source>
        <translation>请选择每个类别一个子文件夹的文件夹，或一个 ZIP 或 TAR 文件。</translation>
    </message>
    <message>
        <source>Choose a name with that ending, or a folder.</source>
        <translation>请选择带有该扩展名的名称，或选择一个文件夹。</translation>
    </message>
    <message>
        <source>Choose a run that finished at least one epoch.</source>
        <translation>请选择至少完成一轮的训练。</translation>
    </message>
    <message>
        <source>Choose a run that was trained on the same classes.</source>
        <translation>请选择在相同类别上训练过的模型。</translation>
    </message>
    <message>
        <source>Choose a smaller image size or model, or freeze more stages; the best model so far is kept.</source>
        <translation>请选择更小的图片尺寸或模型，或冻结更多阶段；目前最好的模型已保留。</translation>
    </message>
    <message>
        <source>Choose another file.</source>
        <translation>请选择其他文件。</translation>
    </message>
    <message>
        <source>Choose another folder, or move the file away.</source>
        <translation>请选择其他文件夹，或移走该文件。</translation>
    </message>
    <message>
        <source>Choose another format, and please report this with the model&apos;s name.</source>
        <translation>请选择其他格式，并连同模型名称报告此问题。</translation>
    </message>
    <message>
        <source>Choose another format.</source>
        <translation>请选择其他格式。</translation>
    </message>
    <message>
        <source>Choose another format; ONNX works everywhere.</source>
        <translation>请选择其他格式；ONNX 在任何地方都可用。</translation>
    </message>
    <message>
        <source>Choose the threshold again under Evaluate, then export.</source>
        <translation>请在“评估”中重新选择阈值，然后导出。</translation>
    </message>
    <message>
        <source>Class names and preprocessing, for the programs that run the model.</source>
        <translation>类别名称和预处理方式，供运行模型的程序使用。</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Classes were added since: {names}.</source>
        <translation>此后新增了类别：{names}。</translation>
    </message>
    <message>
        <source>Classes were renamed, removed or emptied since: {names}.</source>
        <translation>此后有类别被重命名、删除或清空：{names}。</translation>
    </message>
    <message>
        <source>Close other programs and try again; if that does not help, install it again.</source>
        <translation>请关闭其他程序后重试；若仍无效，请重新安装。</translation>
    </message>
    <message>
        <source>Close other programs before a training.</source>
        <translation>训练前请关闭其他程序。</translation>
    </message>
    <message>
        <source>Compare some of its answers with the app&apos;s where it is used.</source>
        <translation>请在使用它的地方将它的一些答案与本应用的答案对照。</translation>
    </message>
    <message>
        <source>Compared with the app</source>
        <translation>与本应用对照</translation>
    </message>
    <message>
        <source>Computer</source>
        <translation>计算机</translation>
    </message>
    <message>
        <source>Computes the best last layer directly, in seconds, in the first epoch; the others train on from it. Where nothing else learns and images are not varied, that is all there is to do.</source>
        <translation>第一轮直接算出最佳的最后一层，只需几秒；之后的轮次在此基础上继续训练。如果只有这一层学习且图片不做变化，这就是全部工作。</translation>
    </message>
    <message>
        <source>Converter for {name}</source>
        <translation>{name} 转换器</translation>
    </message>
    <message>
        <source>Converters for LiteRT, ExecuTorch and Core ML, when one is first exported to.</source>
        <translation>LiteRT、ExecuTorch 和 Core ML 的转换器，首次导出到该格式时安装。</translation>
    </message>
    <message>
        <source>Converting the model to {name} …</source>
        <translation>正在将模型转换为 {name}…</translation>
    </message>
    <message>
        <source>Copy both classes into the app, and ask them:</source>
        <translation>将两个类复制到应用中，然后调用：</translation>
    </message>
    <message>
        <source>Copy or download both files again.</source>
        <translation>请重新复制或下载这两个文件。</translation>
    </message>
    <message>
        <source>Copy the model and its notes into app/src/main/assets.</source>
        <translation>将模型及其说明文件复制到 app/src/main/assets。</translation>
    </message>
    <message>
        <source>Copy this file into the folder of the model.</source>
        <translation>请把该文件复制到模型所在的文件夹。</translation>
    </message>
    <message>
        <source>Core ML</source>
        <translation>Core ML</translation>
    </message>
    <message>
        <source>Cores</source>
        <translation>核心数</translation>
    </message>
    <message>
        <source>Delete it in the file manager.</source>
        <translation>请在文件管理器中删除。</translation>
    </message>
    <message>
        <source>Display</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Do not rely on it where answers matter; export in full precision instead.</source>
        <translation>回答重要时请勿依赖它；请改用全精度导出。</translation>
    </message>
    <message>
        <source>Downloading pre-trained weights</source>
        <translation>下载预训练权重</translation>
    </message>
    <message>
        <source>EffNet Studio</source>
        <translation>EffNet Studio</translation>
    </message>
    <message>
        <source>Export again when the training has ended.</source>
        <translation>请在训练结束后重新导出。</translation>
    </message>
    <message>
        <source>Exported models need a newer version.</source>
        <translation>导出的模型需要更新的版本。</translation>
    </message>
    <message>
        <source>Files and folders to look at: {count}</source>
        <translation>需要查看的文件和文件夹：{count}</translation>
    </message>
    <message>
        <source>Folder for downloads</source>
        <translation>下载文件夹</translation>
    </message>
    <message>
        <source>Folder offered for new projects</source>
        <translation>新项目的默认文件夹</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>For an app: the model, and for Android two Java classes that use it; Core ML for iPhones.</source>
        <translation>用于手机应用：模型，以及在 Android 上使用它的两个 Java 类；iPhone 用 Core ML。</translation>
    </message>
    <message>
        <source>For {label} the model looks at {place}: {share} % of its attention is there; for the other classes it is {others} %. Is there something in these images that gives the class away?</source>
        <translation>对于 {label}，模型关注{place}：{share} % 的关注度在此处，其他类别为 {others} %。这些图片里是否有暴露类别的线索？</translation>
    </message>
    <message>
        <source>Formats it can read: JPEG, PNG, WebP, BMP, GIF, TIFF, AVIF, JPEG 2000, PPM.</source>
        <translation>可读取的格式：JPEG、PNG、WebP、BMP、GIF、TIFF、AVIF、JPEG 2000、PPM。</translation>
    </message>
    <message>
        <source>Graphics</source>
        <translation>显卡</translation>
    </message>
    <message>
        <source>Groups of one image in different classes: {groups}</source>
        <translation>同一张图片分属不同类别：{groups} 组</translation>
    </message>
    <message>
        <source>HEIC images</source>
        <translation>HEIC 图片</translation>
    </message>
    <message>
        <source>Helps classes with few images: sampling shows all classes equally often; weights lets mistakes on rare classes count more; effective does so more mildly. With any of them the best epoch is the one with the best balanced accuracy, to which every class counts alike.</source>
        <translation>帮助图片较少的类别：sampling 让所有类别出现得同样频繁；weights 让稀有类别上的错误权重更大；effective 作用相同但更温和。使用其中任何一种时，最佳轮次按平衡准确率选出，每个类别同等重要。</translation>
    </message>
    <message>
        <source>In PyTorch</source>
        <translation>在 PyTorch 中</translation>
    </message>
    <message>
        <source>Install NVIDIA&apos;s newest driver from {address}.</source>
        <translation>请从 {address} 安装最新的 NVIDIA 驱动程序。</translation>
    </message>
    <message>
        <source>Install PyTorch {version} or newer, and safetensors:</source>
        <translation>安装 PyTorch {version} 或更新版本，以及 safetensors：</translation>
    </message>
    <message>
        <source>Install Python for Apple silicon, and set the app up again with it.</source>
        <translation>请安装 Apple 芯片版 Python，并用它重新安装应用。</translation>
    </message>
    <message>
        <source>Install what it needs, with Python {version} or newer:</source>
        <translation>安装它所需的软件包（需要 Python {version} 或更新版本）：</translation>
    </message>
    <message>
        <source>It knows: {names}. Choose a model that was trained on images like these.</source>
        <translation>它认识：{names}。请选择用这类图片训练的模型。</translation>
    </message>
    <message>
        <source>Judged by the simple shapes and textures that {model} knows, which comes with the app.</source>
        <translation>依据应用自带的 {model} 所认识的简单形状和纹理判断。</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>遵守</translation>
    </message>
    <message>
        <source>Look at the first of the list only.</source>
        <translation>请只看列表的开头。</translation>
    </message>
    <message>
        <source>Look at the first of the list only. With weights of ImageNet more is told.</source>
        <translation>请只看列表的开头。有 ImageNet 权重时判断会更可靠。</translation>
    </message>
    <message>
        <source>No pre-trained weights are available ({reason}): {model} starts from nothing and will be far less accurate on a small set of images.</source>
        <translation>没有可用的预训练权重（{reason}）：{model} 将从零开始，图片较少时准确率会低得多。</translation>
    </message>
    <message>
        <source>No published weights fit the channels of {model}: it starts from nothing and will be far less accurate on a small set of images.</source>
        <translation>没有公开的权重适合 {model} 的通道数：它将从零开始，图片较少时准确率会低得多。</translation>
    </message>
    <message>
        <source>Nothing is lost but time: make the map again.</source>
        <translation>除了时间没有任何损失：请重新生成分布图。</translation>
    </message>
    <message>
        <source>Nothing was measured yet: work for each image stands in for time.</source>
        <translation>尚未测量：暂以每张图片的计算量代替用时。</translation>
    </message>
    <message>
        <source>Only validation images may choose the threshold for “none of these”.</source>
        <translation>只有验证图片可以用来选择“不属于任何类别”的阈值。</translation>
    </message>
    <message>
        <source>Only {coverage} % of the images are answered; all others get “none of these”.</source>
        <translation>只有 {coverage} % 的图片得到回答；其余图片都会得到“不属于任何类别”。</translation>
    </message>
    <message>
        <source>Open the program; it needs no other code:</source>
        <translation>打开该程序；不需要其他代码：</translation>
    </message>
    <message>
        <source>Or read the weights alone:</source>
        <translation>或者只读取权重：</translation>
    </message>
    <message>
        <source>Ready. The file was opened again and lost no more than the {points} points of accuracy it was allowed on the {part} images.</source>
        <translation>就绪。文件已重新打开，在{part}图片上损失的准确率没有超过允许的 {points} 个百分点。</translation>
    </message>
    <message>
        <source>Set the frozen stages to {count}, or choose starting weights.</source>
        <translation>请将冻结阶段数设为 {count}，或选择初始权重。</translation>
    </message>
    <message>
        <source>Solve last layer</source>
        <translation>求解最后一层</translation>
    </message>
    <message>
        <source>Something is odd about them. The list says what, and what to do.</source>
        <translation>它们有些异常。列表说明了原因和处理方法。</translation>
    </message>
    <message>
        <source>The batches are too small for {count} processes.</source>
        <translation>对 {count} 个进程来说批量太小。</translation>
    </message>
    <message>
        <source>The cache {path} cannot be written or read: {reason}.</source>
        <translation>无法读写缓存 {path}：{reason}。</translation>
    </message>
    <message>
        <source>The cache {path} was damaged and has been emptied.</source>
        <translation>缓存 {path} 已损坏，现已清空。</translation>
    </message>
    <message>
        <source>The file from {url} is far larger than it should be.</source>
        <translation>来自 {url} 的文件远大于应有的大小。</translation>
    </message>
    <message>
        <source>The files hold no PyTorch.</source>
        <translation>这些文件中没有 PyTorch。</translation>
    </message>
    <message>
        <source>The files of these converters, and of the GPU pack when you ask for it.</source>
        <translation>这些转换器的文件，以及你要安装的 GPU 包的文件。</translation>
    </message>
    <message>
        <source>The first run is better; this is unlikely to be chance. Images that only it gets right: {ahead}; that only the second does: {behind} (p = {p}).</source>
        <translation>第一次训练更好，这不太可能是偶然。只有它答对的图片：{ahead} 张；只有第二次答对的：{behind} 张（p = {p}）。</translation>
    </message>
    <message>
        <source>The images cannot be changed while they are being read.</source>
        <translation>正在读取图片，暂时不能更改。</translation>
    </message>
    <message>
        <source>The list of files says which they are, and where they are to be had.</source>
        <translation>文件清单列出了这些文件及其下载地址。</translation>
    </message>
    <message>
        <source>The list of the GPU pack&apos;s files is damaged: {reason}</source>
        <translation>GPU 包的文件清单已损坏：{reason}</translation>
    </message>
    <message>
        <source>The mirror for the GPU pack.</source>
        <translation>GPU 包的镜像。</translation>
    </message>
    <message>
        <source>The model starts with random weights and learns everything from your images.</source>
        <translation>模型从随机权重开始，一切都从你的图片中学习。</translation>
    </message>
    <message>
        <source>The packaged app cannot compile; set the app up with Python to have it.</source>
        <translation>安装版应用不能编译；需要时请用 Python 安装本应用。</translation>
    </message>
    <message>
        <source>The processor computes.</source>
        <translation>由处理器计算。</translation>
    </message>
    <message>
        <source>The processor computes. Install NVIDIA&apos;s newest driver, then try the pack again; if that does not help, check its files.</source>
        <translation>目前由处理器计算。请安装最新的 NVIDIA 驱动程序，然后重试；若仍不行，请检查 GPU 包的文件。</translation>
    </message>
    <message>
        <source>The processor computes; cards from the GeForce 16 series on are used.</source>
        <translation>由处理器计算；GeForce 16 系列及更新的显卡可以使用。</translation>
    </message>
    <message>
        <source>The project {path} was made by a newer EffNet Studio.</source>
        <translation>项目 {path} 由更新版本的 EffNet Studio 创建。</translation>
    </message>
    <message>
        <source>The project {path} was made with EffNet Studio {app}; this is {here}.</source>
        <translation>项目 {path} 由 EffNet Studio {app} 创建，而当前版本是 {here}。</translation>
    </message>
    <message>
        <source>The rest starts from random numbers. More fits where the width is that of {donor}.</source>
        <translation>其余部分从随机数开始。宽度与 {donor} 相同时可继承更多。</translation>
    </message>
    <message>
        <source>The run {run} was made with EffNet Studio {app}; this is {here}.</source>
        <translation>训练 {run} 由 EffNet Studio {app} 创建，而当前版本是 {here}。</translation>
    </message>
    <message>
        <source>The same image in two classes teaches the model to guess. Decide which class is right, or leave the image out.</source>
        <translation>同一张图片有两个类别，会让模型只能靠猜。请确定哪个类别正确，或排除该图片。</translation>
    </message>
    <message>
        <source>The second run is better; this is unlikely to be chance. Images that only it gets right: {ahead}; that only the first does: {behind} (p = {p}).</source>
        <translation>第二次训练更好，这不太可能是偶然。只有它答对的图片：{ahead} 张；只有第一次答对的：{behind} 张（p = {p}）。</translation>
    </message>
    <message>
        <source>The starting weights of {model} are not worth freezing.</source>
        <translation>{model} 的初始权重不值得冻结。</translation>
    </message>
    <message>
        <source>The table {name} cannot be read after row {row}: {reason}.</source>
        <translation>表格 {name} 在第 {row} 行之后无法读取：{reason}。</translation>
    </message>
    <message>
        <source>There are no folders train, val or test in {path}.</source>
        <translation>{path} 中没有 train、val 或 test 文件夹。</translation>
    </message>
    <message>
        <source>There are too few images to compare groups of them.</source>
        <translation>图片太少，无法分组比较。</translation>
    </message>
    <message>
        <source>There are {count} exported models in {folder}.</source>
        <translation>{folder} 中有 {count} 个导出的模型。</translation>
    </message>
    <message>
        <source>There are: {runs}.</source>
        <translation>现有：{runs}。</translation>
    </message>
    <message>
        <source>There is a project already: {path}.</source>
        <translation>已存在项目：{path}。</translation>
    </message>
    <message>
        <source>There is an NVIDIA graphics card, but the installed PyTorch {version} is a CPU build.</source>
        <translation>有 NVIDIA 显卡，但已安装的 PyTorch {version} 是 CPU 版本。</translation>
    </message>
    <message>
        <source>There is no EfficientNet-B{variant}.</source>
        <translation>没有 EfficientNet-B{variant}。</translation>
    </message>
    <message>
        <source>There is no GPU pack for this system yet.</source>
        <translation>目前还没有适用于此系统的 GPU 包。</translation>
    </message>
    <message>
        <source>There is no GPU pack on this computer.</source>
        <translation>这台电脑上没有 GPU 包。</translation>
    </message>
    <message>
        <source>There is no NVIDIA card in this computer now, so the processor computes all the same. Without the pack, {size:.1f} GB of disk would be free.</source>
        <translation>这台电脑现在没有 NVIDIA 显卡，因此仍由处理器计算。移除 GPU 包可释放 {size:.1f} GB 磁盘空间。</translation>
    </message>
    <message>
        <source>There is no colour map named {name}.</source>
        <translation>没有名为 {name} 的颜色映射。</translation>
    </message>
    <message>
        <source>There is no connection to {host}: {reason}.</source>
        <translation>无法连接到 {host}：{reason}。</translation>
    </message>
    <message>
        <source>There is no cuda:{index}; graphics cards found: {count}.</source>
        <translation>没有 cuda:{index}；找到的显卡数量：{count}。</translation>
    </message>
    <message>
        <source>There is no device named {name}.</source>
        <translation>没有名为 {name} 的设备。</translation>
    </message>
    <message>
        <source>There is no explanation method named {name}.</source>
        <translation>没有名为 {name} 的解释方法。</translation>
    </message>
    <message>
        <source>There is no export format named {name}.</source>
        <translation>没有名为 {name} 的导出格式。</translation>
    </message>
    <message>
        <source>There is no folder or zip file {path}.</source>
        <translation>没有文件夹或 zip 文件 {path}。</translation>
    </message>
    <message>
        <source>There is no image to compare the two runs on.</source>
        <translation>没有可供这两次训练比较的图片。</translation>
    </message>
    <message>
        <source>There is no model named {name}.</source>
        <translation>没有名为 {name} 的模型。</translation>
    </message>
    <message>
        <source>There is no network: {host} does not answer.</source>
        <translation>没有网络：{host} 没有响应。</translation>
    </message>
    <message>
        <source>There is no network: {host} was not found.</source>
        <translation>没有网络：找不到 {host}。</translation>
    </message>
    <message>
        <source>There is no permission to read the file.</source>
        <translation>没有读取该文件的权限。</translation>
    </message>
    <message>
        <source>There is no preset named {name}.</source>
        <translation>没有名为 {name} 的预设。</translation>
    </message>
    <message>
        <source>There is no project at {path}.</source>
        <translation>{path} 处没有项目。</translation>
    </message>
    <message>
        <source>There is no setting named {name}.</source>
        <translation>没有名为 {name} 的设置。</translation>
    </message>
    <message>
        <source>There is no starter backbone for {model} yet.</source>
        <translation>还没有适用于 {model} 的自带骨干网络。</translation>
    </message>
    <message>
        <source>There is no such folder.</source>
        <translation>没有这个文件夹。</translation>
    </message>
    <message>
        <source>There is no training called {run} in the project {name}.</source>
        <translation>项目 {name} 中没有名为 {run} 的训练记录。</translation>
    </message>
    <message>
        <source>There is no training run in {folder}.</source>
        <translation>{folder} 中没有训练记录。</translation>
    </message>
    <message>
        <source>There is no weights file {path}.</source>
        <translation>没有权重文件 {path}。</translation>
    </message>
    <message>
        <source>There is not enough memory for this training.</source>
        <translation>内存不足，无法进行此训练。</translation>
    </message>
    <message>
        <source>There is not enough memory to read the image.</source>
        <translation>内存不足，无法读取图片。</translation>
    </message>
    <message>
        <source>There is not enough memory to run this model.</source>
        <translation>内存不足，无法运行此模型。</translation>
    </message>
    <message>
        <source>There is not enough room: the GPU pack needs {needed:.1f} GB while it is installed, and {free:.1f} GB are free.</source>
        <translation>空间不足：安装 GPU 包需要 {needed:.1f} GB，目前可用 {free:.1f} GB。</translation>
    </message>
    <message>
        <source>There is nothing at {path}.</source>
        <translation>{path} 处没有任何内容。</translation>
    </message>
    <message>
        <source>There is only one class with images, {name}; telling apart needs at least two.</source>
        <translation>只有类别 {name} 有图片；至少需要两个类别才能区分。</translation>
    </message>
    <message>
        <source>They are left out. Mend the table and import again.</source>
        <translation>它们已被排除。请修正表格后重新导入。</translation>
    </message>
    <message>
        <source>They are of one colour: a covered lens, or an export that failed.</source>
        <translation>它们只有一种颜色：镜头被遮住，或导出失败。</translation>
    </message>
    <message>
        <source>They are read once, which takes a while; afterwards they are as quick as others.</source>
        <translation>首次读取需要一些时间；之后与其他图片一样快。</translation>
    </message>
    <message>
        <source>This Mac&apos;s graphics processor can be used.</source>
        <translation>可以使用这台 Mac 的图形处理器。</translation>
    </message>
    <message>
        <source>This computer has not enough free memory for that.</source>
        <translation>这台电脑的可用内存不足。</translation>
    </message>
    <message>
        <source>This image is no longer in the project.</source>
        <translation>该图片已不在项目中。</translation>
    </message>
    <message>
        <source>This is a folder, not an image.</source>
        <translation>这是文件夹，不是图片。</translation>
    </message>
    <message>
        <source>This is not an ordinary file.</source>
        <translation>这不是普通文件。</translation>
    </message>
    <message>
        <source>This model has no class named {label}.</source>
        <translation>此模型没有名为 {label} 的类别。</translation>
    </message>
    <message>
        <source>This model has no class number {number}.</source>
        <translation>此模型没有编号为 {number} 的类别。</translation>
    </message>
    <message>
        <source>This model has no layer named {name}.</source>
        <translation>此模型没有名为 {name} 的层。</translation>
    </message>
    <message>
        <source>This model has no squeeze-and-excitation block named {name}.</source>
        <translation>此模型没有名为 {name} 的压缩与激励（SE）模块。</translation>
    </message>
    <message>
        <source>This project was last changed with</source>
        <translation>上次修改此项目的版本</translation>
    </message>
    <message>
        <source>This version does not match the installed PyTorch.</source>
        <translation>此版本与已安装的 PyTorch 不匹配。</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>线程</translation>
    </message>
    <message>
        <source>Threads that decode and vary images ahead of the training; 0: chosen for this computer.</source>
        <translation>提前解码和变换图片的线程数；0 表示按本机自动选择。</translation>
    </message>
    <message>
        <source>Threads used</source>
        <translation>使用的线程数</translation>
    </message>
    <message>
        <source>Time in which the learning rate rises in a straight line from near zero.</source>
        <translation>学习率从接近零开始直线上升所用的时间。</translation>
    </message>
    <message>
        <source>Time of day</source>
        <translation>时段</translation>
    </message>
    <message>
        <source>Top-5 accuracy</source>
        <translation>Top-5 准确率</translation>
    </message>
    <message>
        <source>Train again, or choose another run.</source>
        <translation>请重新训练，或选择其他训练记录。</translation>
    </message>
    <message>
        <source>Train one first.</source>
        <translation>请先训练一个模型。</translation>
    </message>
    <message>
        <source>Try again in a moment.</source>
        <translation>请稍后再试。</translation>
    </message>
    <message>
        <source>Try again later, or choose a weights file, starter or none.</source>
        <translation>请稍后再试，或选择权重文件、starter 或 none。</translation>
    </message>
    <message>
        <source>Try again later, or choose another mirror; nothing was kept.</source>
        <translation>请稍后再试，或选择其他镜像；未保留任何内容。</translation>
    </message>
    <message>
        <source>Try again: the download goes on where it stopped.</source>
        <translation>请重试：下载会从中断处继续。</translation>
    </message>
    <message>
        <source>Two classes called {name}, stored in different letters, are one.</source>
        <translation>两个名为 {name}、字符编码不同的类别被视为一个。</translation>
    </message>
    <message>
        <source>Uneven classes</source>
        <translation>类别不均</translation>
    </message>
    <message>
        <source>Unpack it yourself and import the folder.</source>
        <translation>请自行解压后导入文件夹。</translation>
    </message>
    <message>
        <source>Unpacking</source>
        <translation>正在解压</translation>
    </message>
    <message>
        <source>Update EffNet Studio to open it.</source>
        <translation>请更新 EffNet Studio 后打开。</translation>
    </message>
    <message>
        <source>Update EffNet Studio to open it; nothing was changed.</source>
        <translation>请更新 EffNet Studio 后打开；没有任何改动。</translation>
    </message>
    <message>
        <source>Versions are remembered from the first training on.</source>
        <translation>从第一次训练起开始记录版本。</translation>
    </message>
    <message>
        <source>Very blurred images: {count}</source>
        <translation>非常模糊的图片：{count}</translation>
    </message>
    <message>
        <source>Very large images: {count}</source>
        <translation>非常大的图片：{count}</translation>
    </message>
    <message>
        <source>Very long or tall images: {count}</source>
        <translation>过长或过高的图片：{count}</translation>
    </message>
    <message>
        <source>Very small images: {count}</source>
        <translation>非常小的图片：{count}</translation>
    </message>
    <message>
        <source>Wait until that has finished.</source>
        <translation>请等待其完成。</translation>
    </message>
    <message>
        <source>Wait until that is done, or stop it; nothing was changed.</source>
        <translation>请等待读取完成或停止读取；没有任何更改。</translation>
    </message>
    <message>
        <source>Warm-up</source>
        <translation>预热</translation>
    </message>
    <message>
        <source>Ways in which varied images are mirrored. Choose none where a mirror image is something else: digits, text, left and right hands.</source>
        <translation>图片变化时的镜像方式。如果镜像后就成了别的东西（数字、文字、左右手），请选择 none。</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>权重衰减</translation>
    </message>
    <message>
        <source>Weighted F1</source>
        <translation>加权 F1</translation>
    </message>
    <message>
        <source>Weights are read from .safetensors, .pth and .pt files.</source>
        <translation>可从 .safetensors、.pth 和 .pt 文件读取权重。</translation>
    </message>
    <message>
        <source>Weights from the file {path}.</source>
        <translation>权重来自文件 {path}。</translation>
    </message>
    <message>
        <source>What has come is kept: try again later, and it goes on from there. Or fetch the files on another computer, and install them from a folder.</source>
        <translation>已下载的部分会保留：稍后重试即可从断点继续。也可以用另一台电脑下载这些文件，再从文件夹安装。</translation>
    </message>
    <message>
        <source>What it said is above; resume the run to go on from its last state.</source>
        <translation>它的提示见上文；恢复该训练可从最后状态继续。</translation>
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
        <source>Whether more images would help cannot be told from {count} validation images.</source>
        <translation>仅凭 {count} 张验证图片无法判断更多图片是否有帮助。</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>Wish for less, or train a better model first.</source>
        <translation>请降低要求，或先训练更好的模型。</translation>
    </message>
    <message>
        <source>Wish for one of the two.</source>
        <translation>请只指定其中一项。</translation>
    </message>
    <message>
        <source>With only {count} images a small model often does as well.</source>
        <translation>只有 {count} 张图片时，小模型往往同样出色。</translation>
    </message>
    <message>
        <source>Worse than the others, hardly by chance: {count} of {tried} groups of images.</source>
        <translation>比其余图片差，且不太可能出于偶然：{tried} 组图片中的 {count} 组。</translation>
    </message>
    <message>
        <source>Write a pattern, such as {example}</source>
        <translation>请输入模式，例如 {example}</translation>
    </message>
    <message>
        <source>Write at least one letter or digit.</source>
        <translation>请至少输入一个字母或数字。</translation>
    </message>
    <message>
        <source>Write them with folder and suffix, and import again.</source>
        <translation>请写明文件夹和后缀后重新导入。</translation>
    </message>
    <message>
        <source>Write width, depth and resolution: {example}.</source>
        <translation>请写出宽度、深度和分辨率：{example}。</translation>
    </message>
    <message>
        <source>Writing {model} as ONNX …</source>
        <translation>正在将 {model} 写为 ONNX…</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>年份</translation>
    </message>
    <message>
        <source>Your files are as they were. Copy the report if you want to tell us.</source>
        <translation>你的文件保持原样。如果想告诉我们，请复制报告。</translation>
    </message>
    <message>
        <source>about square</source>
        <translation>接近正方形</translation>
    </message>
    <message>
        <source>among the {extreme} ({quantity} from {limit})</source>
        <translation>{extreme}的一部分（{quantity}从 {limit} 起）</translation>
    </message>
    <message>
        <source>among the {extreme} ({quantity} under {limit})</source>
        <translation>{extreme}的一部分（{quantity}低于 {limit}）</translation>
    </message>
    <message>
        <source>auto, cpu, cuda, cuda:1 or mps.</source>
        <translation>auto、cpu、cuda、cuda:1 或 mps。</translation>
    </message>
    <message>
        <source>brightest</source>
        <translation>最亮</translation>
    </message>
    <message>
        <source>brightness</source>
        <translation>亮度</translation>
    </message>
    <message>
        <source>can be used</source>
        <translation>可以使用</translation>
    </message>
    <message>
        <source>contrast</source>
        <translation>对比度</translation>
    </message>
    <message>
        <source>darkest</source>
        <translation>最暗</translation>
    </message>
    <message>
        <source>depth</source>
        <translation>深度</translation>
    </message>
    <message>
        <source>dropout</source>
        <translation>随机失活</translation>
    </message>
    <message>
        <source>epochs</source>
        <translation>轮</translation>
    </message>
    <message>
        <source>file size</source>
        <translation>文件大小</translation>
    </message>
    <message>
        <source>from other sources</source>
        <translation>来自其他来源</translation>
    </message>
    <message>
        <source>from {name}</source>
        <translation>来自 {name}</translation>
    </message>
    <message>
        <source>greyest</source>
        <translation>色彩最淡</translation>
    </message>
    <message>
        <source>higher than wide</source>
        <translation>纵向</translation>
    </message>
    <message>
        <source>images</source>
        <translation>张图片</translation>
    </message>
    <message>
        <source>in no sub-folder</source>
        <translation>不在子文件夹中</translation>
    </message>
    <message>
        <source>in other folders</source>
        <translation>其他文件夹中</translation>
    </message>
    <message>
        <source>in the folder {name}</source>
        <translation>文件夹 {name} 中</translation>
    </message>
    <message>
        <source>in the {extreme} quarter ({quantity} from {limit})</source>
        <translation>{extreme}的四分之一（{quantity}从 {limit} 起）</translation>
    </message>
    <message>
        <source>in the {extreme} quarter ({quantity} under {limit})</source>
        <translation>{extreme}的四分之一（{quantity}低于 {limit}）</translation>
    </message>
    <message>
        <source>installed</source>
        <translation>已安装</translation>
    </message>
    <message>
        <source>installed, and used</source>
        <translation>已安装，正在使用</translation>
    </message>
    <message>
        <source>installed, and used: PyTorch {torch} with CUDA {cuda}</source>
        <translation>已安装，正在使用：PyTorch {torch}，CUDA {cuda}</translation>
    </message>
    <message>
        <source>installed, not used because it could not be loaded: {reason}</source>
        <translation>已安装，但无法加载，因此未使用：{reason}</translation>
    </message>
    <message>
        <source>installed, not used because the app ended while it was being loaded</source>
        <translation>已安装，但加载时应用意外退出，因此未使用</translation>
    </message>
    <message>
        <source>installed, not used because the app runs from Python with a PyTorch of its own</source>
        <translation>已安装，但应用由 Python 运行，使用其自带的 PyTorch，因此未使用</translation>
    </message>
    <message>
        <source>installed, not used because {variable} switches it off</source>
        <translation>已安装，但 {variable} 将其停用，因此未使用</translation>
    </message>
    <message>
        <source>installed, version {version}</source>
        <translation>已安装，版本 {version}</translation>
    </message>
    <message>
        <source>installed; it is used from the next start of the app on</source>
        <translation>已安装；下次启动应用时开始使用</translation>
    </message>
    <message>
        <source>largest</source>
        <translation>最大</translation>
    </message>
    <message>
        <source>megapixels</source>
        <translation>百万像素数</translation>
    </message>
    <message>
        <source>most blurred</source>
        <translation>最模糊</translation>
    </message>
    <message>
        <source>most colourful</source>
        <translation>色彩最浓</translation>
    </message>
    <message>
        <source>most contrasting</source>
        <translation>对比最强</translation>
    </message>
    <message>
        <source>never</source>
        <translation>从不</translation>
    </message>
    <message>
        <source>no network</source>
        <translation>没有网络</translation>
    </message>
    <message>
        <source>not installed</source>
        <translation>未安装</translation>
    </message>
    <message>
        <source>not installed; it would help once {card} has a driver</source>
        <translation>未安装；为 {card} 装好驱动程序后会有帮助</translation>
    </message>
    <message>
        <source>not installed; it would help with a newer driver</source>
        <translation>未安装；更新驱动程序后会有帮助</translation>
    </message>
    <message>
        <source>not installed; it would help: {card} was found</source>
        <translation>未安装；会有帮助：找到了 {card}</translation>
    </message>
    <message>
        <source>not needed, as the app runs from Python: its PyTorch itself is replaced</source>
        <translation>不需要：应用由 Python 运行，直接更换其 PyTorch 即可</translation>
    </message>
    <message>
        <source>not needed, as there is no NVIDIA card</source>
        <translation>不需要，因为没有 NVIDIA 显卡</translation>
    </message>
    <message>
        <source>not part of this installation</source>
        <translation>此次安装中没有</translation>
    </message>
    <message>
        <source>palest</source>
        <translation>对比最弱</translation>
    </message>
    <message>
        <source>px</source>
        <translation>像素</translation>
    </message>
    <message>
        <source>resolution</source>
        <translation>分辨率</translation>
    </message>
    <message>
        <source>saturation</source>
        <translation>饱和度</translation>
    </message>
    <message>
        <source>sharpest</source>
        <translation>最清晰</translation>
    </message>
    <message>
        <source>sharpness</source>
        <translation>清晰度</translation>
    </message>
    <message>
        <source>smallest</source>
        <translation>最小</translation>
    </message>
    <message>
        <source>stored as {name}</source>
        <translation>{name} 格式</translation>
    </message>
    <message>
        <source>stored in other formats</source>
        <translation>其他格式</translation>
    </message>
    <message>
        <source>taken at night (0 to 6 o&apos;clock)</source>
        <translation>夜里拍摄（0 到 6 点）</translation>
    </message>
    <message>
        <source>taken in April</source>
        <translation>四月拍摄</translation>
    </message>
    <message>
        <source>taken in August</source>
        <translation>八月拍摄</translation>
    </message>
    <message>
        <source>taken in December</source>
        <translation>十二月拍摄</translation>
    </message>
    <message>
        <source>taken in February</source>
        <translation>二月拍摄</translation>
    </message>
    <message>
        <source>taken in January</source>
        <translation>一月拍摄</translation>
    </message>
    <message>
        <source>taken in July</source>
        <translation>七月拍摄</translation>
    </message>
    <message>
        <source>taken in June</source>
        <translation>六月拍摄</translation>
    </message>
    <message>
        <source>taken in March</source>
        <translation>三月拍摄</translation>
    </message>
    <message>
        <source>taken in May</source>
        <translation>五月拍摄</translation>
    </message>
    <message>
        <source>taken in November</source>
        <translation>十一月拍摄</translation>
    </message>
    <message>
        <source>taken in October</source>
        <translation>十月拍摄</translation>
    </message>
    <message>
        <source>taken in September</source>
        <translation>九月拍摄</translation>
    </message>
    <message>
        <source>taken in other years</source>
        <translation>其他年份拍摄</translation>
    </message>
    <message>
        <source>taken in the afternoon (12 to 18 o&apos;clock)</source>
        <translation>下午拍摄（12 到 18 点）</translation>
    </message>
    <message>
        <source>taken in the evening (18 to 24 o&apos;clock)</source>
        <translation>晚上拍摄（18 到 24 点）</translation>
    </message>
    <message>
        <source>taken in the morning (6 to 12 o&apos;clock)</source>
        <translation>上午拍摄（6 到 12 点）</translation>
    </message>
    <message>
        <source>taken in {year}</source>
        <translation>{year} 年拍摄</translation>
    </message>
    <message>
        <source>taken with {name}</source>
        <translation>用 {name} 拍摄</translation>
    </message>
    <message>
        <source>there is none for this system yet</source>
        <translation>目前还没有适用于此系统的版本</translation>
    </message>
    <message>
        <source>there is one of an earlier version of the app, for PyTorch {version}, which cannot be used any more</source>
        <translation>现有的 GPU 包属于应用的旧版本（PyTorch {version}），已无法使用</translation>
    </message>
    <message>
        <source>torchvision does not fit the installed PyTorch: {reason}</source>
        <translation>torchvision 与已安装的 PyTorch 不匹配：{reason}</translation>
    </message>
    <message>
        <source>under {limit}</source>
        <translation>低于 {limit}</translation>
    </message>
    <message>
        <source>wider than high</source>
        <translation>横向</translation>
    </message>
    <message>
        <source>width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>with other cameras</source>
        <translation>用其他相机拍摄</translation>
    </message>
    <message>
        <source>with {quantity} from {low} to {high}</source>
        <translation>{quantity}在 {low} 到 {high} 之间</translation>
    </message>
    <message>
        <source>without a date</source>
        <translation>没有日期</translation>
    </message>
    <message>
        <source>without the name of a camera</source>
        <translation>没有相机名称</translation>
    </message>
    <message>
        <source>would not help: {card} is too old for it</source>
        <translation>没有帮助：{card} 太旧，不受支持</translation>
    </message>
    <message>
        <source>{better} is right more often; this is unlikely to be chance (p = {p}).</source>
        <translation>{better} 答对得更多，这不太可能是偶然（p = {p}）。</translation>
    </message>
    <message>
        <source>{count} files are packed in an unknown way and were left out: {names}.</source>
        <translation>{count} 个文件的压缩方式未知，已排除：{names}。</translation>
    </message>
    <message>
        <source>{count} files are too large and were left out: {names}.</source>
        <translation>{count} 个文件过大，已排除：{names}。</translation>
    </message>
    <message>
        <source>{count} images have two classes in the table: {names}.</source>
        <translation>表格中有 {count} 张图片有两个类别：{names}。</translation>
    </message>
    <message>
        <source>{count} images of the table are not there: {names}.</source>
        <translation>表格中有 {count} 张图片不存在：{names}。</translation>
    </message>
    <message>
        <source>{count} links were left out: {names}.</source>
        <translation>{count} 个链接已排除：{names}。</translation>
    </message>
    <message>
        <source>{count} names are too long and were left out: {names}.</source>
        <translation>{count} 个名称过长，已排除：{names}。</translation>
    </message>
    <message>
        <source>{count} names in the table may mean several images: {names}.</source>
        <translation>表格中 {count} 个名称可能对应多张图片：{names}。</translation>
    </message>
    <message>
        <source>{count} of {total} files of the GPU pack are not in {place}, such as {name}.</source>
        <translation>{place} 中缺少 GPU 包 {total} 个文件中的 {count} 个，例如 {name}。</translation>
    </message>
    <message>
        <source>{count} other files in {name} were left out.</source>
        <translation>{name} 中另有 {count} 个文件已排除。</translation>
    </message>
    <message>
        <source>{count} special files were left out: {names}.</source>
        <translation>{count} 个特殊文件已排除：{names}。</translation>
    </message>
    <message>
        <source>{download:.1f} GB to download, {disk:.1f} GB on disk</source>
        <translation>下载 {download:.1f} GB，占用磁盘 {disk:.1f} GB</translation>
    </message>
    <message>
        <source>{first} and {second}</source>
        <translation>{first}且{second}</translation>
    </message>
    <message>
        <source>{first} knows {ours}; {second} knows {theirs}.</source>
        <translation>{first} 认识 {ours}；{second} 认识 {theirs}。</translation>
    </message>
    <message>
        <source>{folder} holds another export: {name}.</source>
        <translation>{folder} 中已有另一个导出：{name}。</translation>
    </message>
    <message>
        <source>{folds} folds are not possible here.</source>
        <translation>这里无法分成 {folds} 折。</translation>
    </message>
    <message>
        <source>{format} cannot be made here: {reason}</source>
        <translation>此处无法生成{format}：{reason}</translation>
    </message>
    <message>
        <source>{frequent} has {times} times as many images as {rare}</source>
        <translation>{frequent} 的图片是 {rare} 的 {times} 倍</translation>
    </message>
    <message>
        <source>{host} could not prove who it is.</source>
        <translation>{host} 无法证明其身份。</translation>
    </message>
    <message>
        <source>{host} does not give the file: {code} {reason}.</source>
        <translation>{host} 未提供该文件：{code} {reason}。</translation>
    </message>
    <message>
        <source>{images} images</source>
        <translation>{images} 张图片</translation>
    </message>
    <message>
        <source>{kind} is no layout of a folder.</source>
        <translation>{kind} 不是文件夹布局。</translation>
    </message>
    <message>
        <source>{lost} of {count} images can no longer be read.</source>
        <translation>{count} 张图片中有 {lost} 张已无法读取。</translation>
    </message>
    <message>
        <source>{low} to {high}</source>
        <translation>{low} 到 {high}</translation>
    </message>
    <message>
        <source>{missing} of {count} validation images are gone; the file is compared on the others.</source>
        <translation>{count} 张验证图片中有 {missing} 张已不存在；文件将在其余图片上比较。</translation>
    </message>
    <message>
        <source>{model} has no squeeze-and-excitation blocks.</source>
        <translation>{model} 没有压缩与激励（SE）模块。</translation>
    </message>
    <message>
        <source>{model} · {format} · {moment}</source>
        <translation>{model} · {format} · {moment}</translation>
    </message>
    <message>
        <source>{names} merged into {into}</source>
        <translation>{names} 已合并到 {into}</translation>
    </message>
    <message>
        <source>{names}, complete</source>
        <translation>{names}，完整</translation>
    </message>
    <message>
        <source>{name}</source>
        <translation>{name}</translation>
    </message>
    <message>
        <source>{name} = {value} is not possible: {reason}.</source>
        <translation>{name} = {value} 不可用：{reason}。</translation>
    </message>
    <message>
        <source>{name} cannot be read: {reason}.</source>
        <translation>无法读取 {name}：{reason}。</translation>
    </message>
    <message>
        <source>{name} carries no checksum in its name.</source>
        <translation>{name} 的文件名中没有校验和。</translation>
    </message>
    <message>
        <source>{name} converts on {machines} only, not on this computer.</source>
        <translation>{name} 只能在 {machines} 上转换，不能在这台电脑上转换。</translation>
    </message>
    <message>
        <source>{name} could not be run: {reason}</source>
        <translation>无法运行 {name}：{reason}</translation>
    </message>
    <message>
        <source>{name} could not do its work: {reason}</source>
        <translation>{name} 无法完成工作：{reason}</translation>
    </message>
    <message>
        <source>{name} holds a file that would be written elsewhere: {file}.</source>
        <translation>{name} 含有会写到别处的文件：{file}。</translation>
    </message>
    <message>
        <source>{name} holds no weights.</source>
        <translation>{name} 中没有权重。</translation>
    </message>
    <message>
        <source>{name} holds program code, not only weights, and was not opened.</source>
        <translation>{name} 不仅含有权重，还含有程序代码，因此没有打开。</translation>
    </message>
    <message>
        <source>{name} holds values that are not numbers, in {tensor}.</source>
        <translation>{name} 的 {tensor} 中含有非数值。</translation>
    </message>
    <message>
        <source>{name} is a model, but not an image classifier this app can use.</source>
        <translation>{name} 是模型，但不是本应用可以使用的图片分类器。</translation>
    </message>
    <message>
        <source>{name} is an exported file; nobody can look inside it.</source>
        <translation>{name} 是导出的文件；无法查看其内部。</translation>
    </message>
    <message>
        <source>{name} is damaged or not a weights file.</source>
        <translation>{name} 已损坏或不是权重文件。</translation>
    </message>
    <message>
        <source>{name} is damaged: {reason}.</source>
        <translation>{name} 已损坏：{reason}。</translation>
    </message>
    <message>
        <source>{name} is encrypted.</source>
        <translation>{name} 已加密。</translation>
    </message>
    <message>
        <source>{name} is larger than 2 GB, the most an ONNX file can be.</source>
        <translation>{name} 超过了 2 GB，即 ONNX 文件的上限。</translation>
    </message>
    <message>
        <source>{name} is left out: {reason}</source>
        <translation>{name} 未被采用：{reason}</translation>
    </message>
    <message>
        <source>{name} is no ZIP or TAR archive.</source>
        <translation>{name} 不是 ZIP 或 TAR 压缩包。</translation>
    </message>
    <message>
        <source>{name} is no export of this app that takes images.</source>
        <translation>{name} 不是本应用导出的、可直接接收图片的文件。</translation>
    </message>
    <message>
        <source>{name} is not a PyTorch program, or it is damaged.</source>
        <translation>{name} 不是 PyTorch 程序，或已损坏。</translation>
    </message>
    <message>
        <source>{name} is not a model that can be opened here.</source>
        <translation>{name} 不是可以在这里打开的模型。</translation>
    </message>
    <message>
        <source>{name} is not a model trained with this app, or it is damaged.</source>
        <translation>{name} 不是用本应用训练的模型，或已损坏。</translation>
    </message>
    <message>
        <source>{name} is not a weights file.</source>
        <translation>{name} 不是权重文件。</translation>
    </message>
    <message>
        <source>{name} is not a {kind} model, or it is damaged.</source>
        <translation>{name} 不是 {kind} 模型，或已损坏。</translation>
    </message>
    <message>
        <source>{name} is not an ONNX model, or it is damaged.</source>
        <translation>{name} 不是 ONNX 模型，或已损坏。</translation>
    </message>
    <message>
        <source>{name} is not the name of a scaled EfficientNet.</source>
        <translation>{name} 不是缩放 EfficientNet 的名称。</translation>
    </message>
    <message>
        <source>{name} or its weights beside it are missing or damaged.</source>
        <translation>{name} 或其旁边的权重文件缺失或已损坏。</translation>
    </message>
    <message>
        <source>{name} unfolds to more operators than any computer can hold.</source>
        <translation>{name} 展开后的算子数量超出任何计算机的承受能力。</translation>
    </message>
    <message>
        <source>{name} unpacks to far more than pictures would.</source>
        <translation>{name} 解压后远大于图片应有的大小。</translation>
    </message>
    <message>
        <source>{name} uses the operator {operator}, which is not part of ONNX.</source>
        <translation>{name} 使用了不属于 ONNX 的算子 {operator}。</translation>
    </message>
    <message>
        <source>{name} wants to read {file}, which does not lie beside it.</source>
        <translation>{name} 要读取 {file}，而该文件不在它旁边。</translation>
    </message>
    <message>
        <source>{name} was changed while it was being opened.</source>
        <translation>{name} 在打开过程中被更改了。</translation>
    </message>
    <message>
        <source>{name} was made by a newer version of the app.</source>
        <translation>{name} 由更新版本的应用创建。</translation>
    </message>
    <message>
        <source>{name} was made by another program and does not name its {count} classes; images are prepared as is usual for ImageNet.</source>
        <translation>{name} 由其他程序创建，没有给出其 {count} 个类别的名称；图片按 ImageNet 的常规方式处理。</translation>
    </message>
    <message>
        <source>{name} was not exported by this app.</source>
        <translation>{name} 不是由本应用导出的。</translation>
    </message>
    <message>
        <source>{name}, in use</source>
        <translation>{name}，正在使用</translation>
    </message>
    <message>
        <source>{name}, usable logical processors: {cores}</source>
        <translation>{name}，可用 {cores} 个逻辑处理器</translation>
    </message>
    <message>
        <source>{name}, usable logical processors: {cores} of {all}</source>
        <translation>{name}，{all} 个逻辑处理器中可用 {cores} 个</translation>
    </message>
    <message>
        <source>{other} and {name} are taken as one class.</source>
        <translation>{other} 和 {name} 被视为同一类别。</translation>
    </message>
    <message>
        <source>{path} cannot be deleted while it is in use.</source>
        <translation>{path} 正在使用，无法删除。</translation>
    </message>
    <message>
        <source>{path} cannot be reached: {reason}.</source>
        <translation>无法访问 {path}：{reason}。</translation>
    </message>
    <message>
        <source>{path} cannot be read: {reason}.</source>
        <translation>无法读取 {path}：{reason}。</translation>
    </message>
    <message>
        <source>{path} cannot be written: no permission.</source>
        <translation>无法写入 {path}：没有权限。</translation>
    </message>
    <message>
        <source>{path} could not be written: {reason}.</source>
        <translation>无法写入 {path}：{reason}。</translation>
    </message>
    <message>
        <source>{path} is a file, not a folder.</source>
        <translation>{path} 是文件，不是文件夹。</translation>
    </message>
    <message>
        <source>{path} is a project, not a folder of images.</source>
        <translation>{path} 是项目，不是图片文件夹。</translation>
    </message>
    <message>
        <source>{path} is full of folders of the same name.</source>
        <translation>{path} 中同名文件夹过多。</translation>
    </message>
    <message>
        <source>{path} is not an EffNet Studio project.</source>
        <translation>{path} 不是 EffNet Studio 项目。</translation>
    </message>
    <message>
        <source>{path} is not an export of this project.</source>
        <translation>{path} 不是此项目的导出。</translation>
    </message>
    <message>
        <source>{path} is not empty.</source>
        <translation>{path} 不是空的。</translation>
    </message>
    <message>
        <source>{path} is there already, and no export made it.</source>
        <translation>{path} 已经存在，且不是由导出生成的。</translation>
    </message>
    <message>
        <source>{points} points less accurate than {other} and takes {factor} times as long.</source>
        <translation>比 {other} 低 {points} 个百分点，用时为其 {factor} 倍。</translation>
    </message>
    <message>
        <source>{points} points less accurate than {other}, with {factor} times the work for each image.</source>
        <translation>比 {other} 低 {points} 个百分点，每张图片的计算量为其 {factor} 倍。</translation>
    </message>
    <message>
        <source>{points} points more accurate than {other}, but takes {factor} times as long.</source>
        <translation>比 {other} 高 {points} 个百分点，但用时为其 {factor} 倍。</translation>
    </message>
    <message>
        <source>{points} points more accurate than {other}, with {factor} times the work for each image.</source>
        <translation>比 {other} 高 {points} 个百分点，每张图片的计算量为其 {factor} 倍。</translation>
    </message>
    <message>
        <source>{reason} Changed from the preset: {changes}.</source>
        <translation>{reason}已更改的预设项：{changes}。</translation>
    </message>
    <message>
        <source>{same} of {images}</source>
        <translation>{images} 张中的 {same} 张</translation>
    </message>
    <message>
        <source>{service} copies files while the app writes them, which can damage a project. Keep projects in another folder; only exports may stay in {service}.</source>
        <translation>{service} 会在应用写入时同步文件，可能损坏项目。请把项目放在别的文件夹；只有导出的文件可以留在 {service} 中。</translation>
    </message>
    <message>
        <source>{setting} {value}</source>
        <translation>{setting} {value}</translation>
    </message>
    <message>
        <source>{share:.0f} % of the backbone was taken over ({matched} tensors; {missing} missing, {mismatched} of another shape, {unexpected} not used).</source>
        <translation>骨干网络的 {share:.0f} % 已载入（{matched} 个张量；缺少 {missing} 个，形状不符 {mismatched} 个，未使用 {unexpected} 个）。</translation>
    </message>
    <message>
        <source>{title} = {value:g} is out of bounds.</source>
        <translation>{title} = {value:g} 超出范围。</translation>
    </message>
    <message>
        <source>{total}, {free} free</source>
        <translation>{total}，剩余 {free}</translation>
    </message>
    <message>
        <source>{url} is not a web address.</source>
        <translation>{url} 不是网址。</translation>
    </message>
</context>
</TS>
