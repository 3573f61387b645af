<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>ArchitectureView</name>
    <message>
        <source>Measuring {name}</source>
        <translation>测量 {name}</translation>
    </message>
    <message>
        <source>Looking inside…</source>
        <translation>正在查看内部…</translation>
    </message>
    <message>
        <source>frozen</source>
        <translation>冻结</translation>
    </message>
    <message>
        <source>Last conv.</source>
        <translation>末层卷积</translation>
    </message>
    <message>
        <source>{size} parameters, of which {learning} learn</source>
        <translation>{size} 个参数，其中 {learning} 个参与学习</translation>
    </message>
    <message>
        <source>work {macs} for an image of {side} px</source>
        <translation>{side} 像素图片的计算量 {macs}</translation>
    </message>
    <message>
        <source>{time} on {device}</source>
        <translation>{time}（{device}）</translation>
    </message>
    <message>
        <source>time not measured yet</source>
        <translation>尚未测量用时</translation>
    </message>
    <message>
        <source>Stages, from the image to the answer</source>
        <translation>从图片到结果的各阶段</translation>
    </message>
    <message>
        <source>Stages; the arrow keys choose one</source>
        <translation>各阶段；用方向键选择</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Heights show</source>
        <translation>高度表示</translation>
    </message>
    <message>
        <source>Frozen (with the stem)</source>
        <translation>冻结（含输入层）</translation>
    </message>
    <message>
        <source>Work</source>
        <translation>计算量</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数量</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>Frozen stages keep what they have learned from other images, which makes training faster. Balanced freezes {usual} of {all}.</source>
        <translation>冻结的阶段保留从其他图片学到的内容，训练更快。“均衡”预设在 {all} 个阶段中冻结 {usual} 个。</translation>
    </message>
    <message>
        <source>Measure time per stage</source>
        <translation>测量各阶段用时</translation>
    </message>
    <message>
        <source>Runs the model on one image a few times. Other work meanwhile slows it down.</source>
        <translation>在一张图片上运行模型数次。同时进行的其他任务会使其变慢。</translation>
    </message>
</context>
<context>
    <name>AugmentPreview</name>
    <message>
        <source>What training sees</source>
        <translation>训练看到的图片</translation>
    </message>
    <message>
        <source>Other variants of the same images</source>
        <translation>同样图片的其他变化</translation>
    </message>
    <message>
        <source>Others</source>
        <translation>换一批</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一组</translation>
    </message>
    <message>
        <source>Go on to other images of the dataset</source>
        <translation>查看数据集的其他图片</translation>
    </message>
    <message>
        <source>Images and their variants</source>
        <translation>图片及其变化</translation>
    </message>
    <message>
        <source>As the model gets it</source>
        <translation>模型看到的样子</translation>
    </message>
    <message>
        <source>As the model gets it: {size} × {size} pixels</source>
        <translation>模型看到的样子：{size} × {size} 像素</translation>
    </message>
    <message>
        <source>Yours</source>
        <translation>原图</translation>
    </message>
    <message>
        <source>Import images to see how training varies them.</source>
        <translation>导入图片后可查看训练如何变化它们。</translation>
    </message>
    <message>
        <source>Not varied: every epoch shows the same pixels</source>
        <translation>不变化：每轮看到相同的像素</translation>
    </message>
    <message>
        <source>mixed with another image (MixUp or CutMix)</source>
        <translation>与另一张图片混合（MixUp 或 CutMix）</translation>
    </message>
    <message>
        <source>laid over another image (MixUp)</source>
        <translation>与另一张图片叠加（MixUp）</translation>
    </message>
    <message>
        <source>a part of another image pasted in (CutMix)</source>
        <translation>贴入另一张图片的一部分（CutMix）</translation>
    </message>
    <message>
        <source>never mirrored</source>
        <translation>不镜像</translation>
    </message>
    <message>
        <source>half of them mirrored</source>
        <translation>一半左右镜像</translation>
    </message>
    <message>
        <source>mirrored left to right and upside down</source>
        <translation>左右和上下镜像</translation>
    </message>
    <message>
        <source>Cropped to {least}–{most} of the image</source>
        <translation>裁剪到图片的 {least}–{most}</translation>
    </message>
    <message>
        <source>colours changed by up to {share}</source>
        <translation>颜色变化最多 {share}</translation>
    </message>
    <message numerus="yes">
        <source>%n random operation(s) such as turning or shearing</source>
        <translation>
            <numerusform>%Ln 种随机操作，如旋转或错切</numerusform>
        </translation>
    </message>
    <message>
        <source>a part painted over in {share} of them</source>
        <translation>{share} 的图片有一部分被涂掉</translation>
    </message>
</context>
<context>
    <name>BenchmarkSetup</name>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Time for measuring</source>
        <translation>测量时长</translation>
    </message>
    <message>
        <source>Each model&apos;s own</source>
        <translation>按各模型原本的尺寸</translation>
    </message>
    <message>
        <source>Making the files to measure comes on top: 10 to 20 seconds for each model.</source>
        <translation>生成待测文件另需时间：每个模型 10 到 20 秒。</translation>
    </message>
    <message>
        <source>Measure training too</source>
        <translation>同时测量训练</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>测量</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
</context>
<context>
    <name>BenchmarkView</name>
    <message>
        <source>Measuring models</source>
        <translation>测量模型</translation>
    </message>
    <message>
        <source>Making the files to measure …</source>
        <translation>正在生成待测文件…</translation>
    </message>
    <message>
        <source>What was measured on this computer</source>
        <translation>本机的测量结果</translation>
    </message>
    <message>
        <source>Progress of measuring</source>
        <translation>测量进度</translation>
    </message>
    <message>
        <source>Nothing was measured on this computer yet</source>
        <translation>尚未在本机测量</translation>
    </message>
    <message>
        <source>Check the models you have in mind. They take turns, so other work slows them all alike; best close other programs.</source>
        <translation>勾选你考虑的模型。它们轮流运行，其他任务对它们的影响相同；最好关闭其他程序。</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>测量</translation>
    </message>
</context>
<context>
    <name>BlockDiagram</name>
    <message>
        <source>{shape} in</source>
        <translation>输入 {shape}</translation>
    </message>
    <message>
        <source>the input is added</source>
        <translation>加上输入</translation>
    </message>
    <message>
        <source>the input is resized by a 1 × 1 convolution and added</source>
        <translation>输入经 1 × 1 卷积调整后相加</translation>
    </message>
    <message>
        <source>the input is kept beside the result</source>
        <translation>输入与结果并列保留</translation>
    </message>
    <message>
        <source>in</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>out</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>stride {n}</source>
        <translation>步幅 {n}</translation>
    </message>
</context>
<context>
    <name>CatalogTable</name>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Name of the architecture</source>
        <translation>网络结构的名称</translation>
    </message>
    <message>
        <source>Family</source>
        <translation>系列</translation>
    </message>
    <message>
        <source>Models built on the same idea</source>
        <translation>基于同一设计思想的模型</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数量</translation>
    </message>
    <message>
        <source>Numbers the model has learned: its size on disk and in memory</source>
        <translation>模型学到的数值个数，决定它占用的磁盘和内存</translation>
    </message>
    <message>
        <source>Multiply-accumulates (MACs) for one image, in billions: how slow it is</source>
        <translation>处理一张图片所需的乘加运算次数（MACs），单位为十亿：数值越大越慢</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Side of the square image the model sees, in pixels</source>
        <translation>模型看到的方形图片的边长（像素）</translation>
    </message>
    <message>
        <source>Work</source>
        <translation>计算量</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>未测量</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>Top-1: share of ImageNet&apos;s validation images named right at the first guess</source>
        <translation>Top-1：在 ImageNet 验证图片上首选答案正确的比例</translation>
    </message>
    <message>
        <source>Source: {source}</source>
        <translation>来源：{source}</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>已在本机</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>需下载</translation>
    </message>
    <message>
        <source>The pre-trained weights are here; training needs no network.</source>
        <translation>预训练权重已在本机，训练时无需联网。</translation>
    </message>
    <message>
        <source>The pre-trained weights are fetched when they are first needed.</source>
        <translation>预训练权重会在首次使用时下载。</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>What the model learned from ImageNet, the starting point of your own</source>
        <translation>模型从 ImageNet 学到的知识，是训练你自己模型的起点</translation>
    </message>
</context>
<context>
    <name>ChoiceCard</name>
    <message>
        <source>Use this model</source>
        <translation>使用此模型</translation>
    </message>
    <message>
        <source>Suits best</source>
        <translation>最合适</translation>
    </message>
    <message>
        <source>Or this</source>
        <translation>或者</translation>
    </message>
    <message>
        <source>Use {model}</source>
        <translation>使用 {model}</translation>
    </message>
    <message>
        <source>one image</source>
        <translation>单张图片</translation>
    </message>
    <message>
        <source>on ImageNet</source>
        <translation>ImageNet 上</translation>
    </message>
    <message>
        <source>exported file</source>
        <translation>导出文件</translation>
    </message>
    <message>
        <source>training here, Balanced</source>
        <translation>本机训练，均衡</translation>
    </message>
</context>
<context>
    <name>ExampleStrip</name>
    <message>
        <source>{right} of {count} right after epoch {epoch}</source>
        <translation>第 {epoch} 轮后 {count} 张中答对 {right} 张</translation>
    </message>
    <message>
        <source>How the model judges some validation images</source>
        <translation>模型如何判断部分验证图片</translation>
    </message>
</context>
<context>
    <name>GuideView</name>
    <message>
        <source>{count} models are too slow or too large for this.</source>
        <translation>有 {count} 个模型对此过慢或过大。</translation>
    </message>
    <message>
        <source>Where will it run?</source>
        <translation>将在哪里运行？</translation>
    </message>
    <message>
        <source>How many images to learn from?</source>
        <translation>有多少张训练图片？</translation>
    </message>
    <message>
        <source>How long may an answer take?</source>
        <translation>一次回答最多可用多久？</translation>
    </message>
    <message>
        <source>How exact must it be?</source>
        <translation>需要多准确？</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>在本机上</translation>
    </message>
    <message>
        <source>In a web page</source>
        <translation>在网页中</translation>
    </message>
    <message>
        <source>On a phone or Raspberry Pi</source>
        <translation>在手机或树莓派上</translation>
    </message>
    <message>
        <source>On a server</source>
        <translation>在服务器上</translation>
    </message>
    <message>
        <source>Does not matter</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>Good enough</source>
        <translation>够用即可</translation>
    </message>
    <message>
        <source>As exact as possible</source>
        <translation>尽可能准确</translation>
    </message>
    <message>
        <source>Measure models</source>
        <translation>测量模型</translation>
    </message>
    <message>
        <source>Times, where they are known, were measured on this computer. Accuracy is that on ImageNet; on your images the order may differ.</source>
        <translation>已知的用时均在本机测得。准确率为 ImageNet 上的结果；在你的图片上排序可能不同。</translation>
    </message>
</context>
<context>
    <name>LatencyPlot</name>
    <message>
        <source>time for one image, ms</source>
        <translation>单张图片用时（毫秒）</translation>
    </message>
    <message>
        <source>ImageNet accuracy (%) and measured time</source>
        <translation>ImageNet 准确率 (%) 与测得用时</translation>
    </message>
    <message>
        <source>Accuracy and time of the measured models</source>
        <translation>所测模型的准确率与用时</translation>
    </message>
    <message>
        <source>Pareto front: the models that no other beats in both time and accuracy</source>
        <translation>帕累托前沿：在用时和准确率上都没有其他模型能胜过的模型</translation>
    </message>
    <message>
        <source>Pareto front</source>
        <translation>帕累托前沿</translation>
    </message>
    <message>
        <source>Accuracy is known only for the usual input size of published models.</source>
        <translation>仅已发布模型在常用输入尺寸下的准确率已知。</translation>
    </message>
    <message>
        <source>{count} not shown: other input sizes and scaled models.</source>
        <translation>{count} 个未显示：其他输入尺寸和缩放模型。</translation>
    </message>
</context>
<context>
    <name>LivePlots</name>
    <message>
        <source>Epoch {n}</source>
        <translation>第 {n} 轮</translation>
    </message>
    <message>
        <source>During epoch {n}</source>
        <translation>第 {n} 轮中</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>How wrong the answers are; lower is better.</source>
        <translation>答案与正确结果的差距，越低越好。</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>Share of the images that are named right.</source>
        <translation>判断正确的图片所占的比例。</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Size of the steps by which the model is changed.</source>
        <translation>每一步调整模型的幅度。</translation>
    </message>
    <message>
        <source>Gradient</source>
        <translation>梯度</translation>
    </message>
    <message>
        <source>How strongly the images pull at the model; a jump means an odd batch.</source>
        <translation>图片对模型的拉动有多强；突跳说明某个批次异常。</translation>
    </message>
    <message>
        <source>Images per second</source>
        <translation>每秒图片数</translation>
    </message>
    <message>
        <source>Memory, GiB</source>
        <translation>内存（GiB）</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>每步</translation>
    </message>
    <message>
        <source>training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>averaged model</source>
        <translation>平均模型</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>均值</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>轮次</translation>
    </message>
    <message>
        <source>The curve appears here while a model is trained.</source>
        <translation>训练模型时，曲线会显示在这里。</translation>
    </message>
</context>
<context>
    <name>ModelDetails</name>
    <message>
        <source>Use this model</source>
        <translation>使用此模型</translation>
    </message>
    <message>
        <source>About this model</source>
        <translation>关于此模型</translation>
    </message>
    <message>
        <source>No model chosen</source>
        <translation>未选择模型</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数量</translation>
    </message>
    <message>
        <source>Work per image</source>
        <translation>每张图片的计算量</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>ImageNet top-1</source>
        <translation>ImageNet top-1</translation>
    </message>
    <message>
        <source>{count} stages</source>
        <translation>{count} 个阶段</translation>
    </message>
    <message>
        <source>Stages are frozen, thawed and explained as one. They run from left to right.</source>
        <translation>每个阶段作为一个整体被冻结、解冻和解释，从左到右依次执行。</translation>
    </message>
    <message>
        <source>Accuracy: {source}</source>
        <translation>准确率来源：{source}</translation>
    </message>
</context>
<context>
    <name>ModelFamilies</name>
    <message>
        <source>Grows depth, width and image size together, so that every step of size buys as much accuracy as it can. Begin with B0; take a larger one when fine detail decides.</source>
        <translation>同时按比例增加深度、宽度和图片尺寸，使每一分增大都尽可能换来更高的准确率。建议从 B0 开始；当细节起决定作用时再选更大的型号。</translation>
    </message>
    <message>
        <source>EfficientNet&apos;s successor: wider first stages make it quicker to train for its accuracy. Its models are large; take them with a graphics card.</source>
        <translation>EfficientNet 的后继：更宽的前几个阶段使其在同等准确率下训练更快。模型较大，适合配有显卡时使用。</translation>
    </message>
    <message>
        <source>EfficientNet for phones and small boards: without the parts that lose accuracy in 8-bit numbers, and with simpler activations.</source>
        <translation>面向手机和小型开发板的 EfficientNet：去掉了 8 位量化时损失准确率的部分，激活函数也更简单。</translation>
    </message>
    <message>
        <source>The classic: each block only learns what to add to its input, which keeps deep networks trainable. Simple, quick to train, and understood by every tool.</source>
        <translation>经典之作：每个模块只学习在输入上需要补充的部分，因此很深的网络也能训练。结构简单，训练快，各种工具都支持。</translation>
    </message>
    <message>
        <source>ResNet with its norms before the convolutions, so that what a block adds passes unchanged through the whole network. Trains steadily at any depth.</source>
        <translation>把归一化放在卷积之前的 ResNet，使模块所加的内容原样贯穿整个网络。任意深度都能稳定训练。</translation>
    </message>
    <message>
        <source>ResNet whose blocks also weigh their channels by what the whole image shows (squeeze-and-excitation): a little slower, and more exact.</source>
        <translation>其模块还会根据整张图片的内容对通道加权（压缩激励）的 ResNet：稍慢，但更准确。</translation>
    </message>
    <message>
        <source>ResNet whose blocks work in many narrow groups side by side: more exact than a ResNet of the same cost, but slower than its calculations suggest.</source>
        <translation>模块由许多并列的窄分组构成的 ResNet：同等计算量下比 ResNet 更准确，但比计算量所示更慢。</translation>
    </message>
    <message>
        <source>A convolutional network made like a transformer: exact with many images and good starting weights, slow on a processor.</source>
        <translation>借鉴 Transformer 设计的卷积网络：图片多、初始权重好时很准确，在处理器上较慢。</translation>
    </message>
    <message>
        <source>The first two networks made for phones: depthwise convolutions, few calculations. Simple enough for every converter.</source>
        <translation>最早两代面向手机的网络：逐通道卷积，计算量小。结构简单，适合各种转换工具。</translation>
    </message>
    <message>
        <source>Made for phones and small boards: very few calculations for each image. Take it when the result must run on weak hardware.</source>
        <translation>为手机和小型开发板设计，每张图片所需计算极少。当模型必须在性能较弱的硬件上运行时，请选择它。</translation>
    </message>
    <message>
        <source>Every layer sees the results of all layers before it, so that few parameters go a long way. Good with few images, but slower than its size suggests.</source>
        <translation>每一层都能看到前面所有层的结果，用很少的参数就能取得好效果。适合图片较少的情况，但速度比其规模看起来要慢。</translation>
    </message>
</context>
<context>
    <name>ModelScatter</name>
    <message>
        <source>work per image, billion MACs</source>
        <translation>每张图片的计算量（十亿次乘加）</translation>
    </message>
    <message>
        <source>parameters, millions</source>
        <translation>参数量（百万）</translation>
    </message>
    <message>
        <source>ImageNet accuracy (%) and cost</source>
        <translation>ImageNet 准确率（%）与开销</translation>
    </message>
    <message>
        <source>Accuracy and cost of all models, as in the table</source>
        <translation>所有模型的准确率与开销，与表格一致</translation>
    </message>
    <message>
        <source>Work</source>
        <translation>计算量</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>规模</translation>
    </message>
</context>
<context>
    <name>ModelsPage</name>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>All begin with what they learned from photographs; they differ in cost.</source>
        <translation>它们都以从照片中学到的知识为起点，区别在于开销。</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Which one?</source>
        <translation>选哪个？</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>测量</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>Inside</source>
        <translation>内部</translation>
    </message>
    <message>
        <source>Views of the models</source>
        <translation>模型视图</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Filter models by name or family</source>
        <translation>按名称或系列筛选模型</translation>
    </message>
    <message>
        <source>All models</source>
        <translation>所有模型</translation>
    </message>
    <message>
        <source>No model is called that</source>
        <translation>没有这个名称的模型</translation>
    </message>
    <message>
        <source>Names and families are searched, such as ResNet or B3.</source>
        <translation>可按名称和系列搜索，例如 ResNet 或 B3。</translation>
    </message>
    <message>
        <source>Show all models</source>
        <translation>显示全部模型</translation>
    </message>
</context>
<context>
    <name>PhiSlider</name>
    <message>
        <source>smaller, faster</source>
        <translation>更小、更快</translation>
    </message>
    <message>
        <source>larger, more exact</source>
        <translation>更大、更准确</translation>
    </message>
    <message>
        <source>φ (say “phi”): each step of 1 roughly doubles the work for one image. Arrow keys move by 0.1, Page Up and Page Down by 1.</source>
        <translation>φ（读作 “phi”）：每增加 1，单张图片的计算量约翻一倍。方向键每次移动 0.1，Page Up 和 Page Down 每次移动 1。</translation>
    </message>
    <message>
        <source>Size φ</source>
        <translation>规模 φ</translation>
    </message>
</context>
<context>
    <name>PlotCard</name>
    <message>
        <source>{title} as a table</source>
        <translation>{title}（表格）</translation>
    </message>
    <message>
        <source>Show the curves</source>
        <translation>显示曲线</translation>
    </message>
    <message>
        <source>Show the numbers as a table</source>
        <translation>以表格显示数值</translation>
    </message>
</context>
<context>
    <name>PresetCards</name>
    <message>
        <source>About {time} · {memory} memory</source>
        <translation>约 {time} · 内存 {memory}</translation>
    </message>
    <message>
        <source>Measured on this computer with your images. It takes {disk} of disk.</source>
        <translation>用你的图片在本机实测。占用磁盘 {disk}。</translation>
    </message>
    <message>
        <source>Instant</source>
        <translation>即时</translation>
    </message>
    <message>
        <source>A quick first look: the model keeps what it knows and learns your classes.</source>
        <translation>先看一眼：保留已有知识，只学你的类别。</translation>
    </message>
    <message>
        <source>Also fits a part of the model to your images. Right for most.</source>
        <translation>让模型部分适应你的图片，适合多数情况。</translation>
    </message>
    <message>
        <source>Fits the whole model, with more varied images. Takes the longest.</source>
        <translation>整个模型都适应，图片变化更多，最耗时。</translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation>均衡</translation>
    </message>
    <message>
        <source>Best</source>
        <translation>最佳</translation>
    </message>
</context>
<context>
    <name>RateCurve</name>
    <message>
        <source>Learning rate {rate}&lt;br&gt;Loss &lt;b&gt;{loss}&lt;/b&gt;</source>
        <translation>学习率 {rate}&lt;br&gt;损失 &lt;b&gt;{loss}&lt;/b&gt;</translation>
    </message>
</context>
<context>
    <name>Retrainer</name>
    <message>
        <source>Train on the mended data</source>
        <translation>用修正后的数据训练</translation>
    </message>
    <message>
        <source>Compare before and after</source>
        <translation>比较前后</translation>
    </message>
    <message>
        <source>A training is under way; the Train page shows how it goes.</source>
        <translation>正在训练；“训练”页会显示进展。</translation>
    </message>
    <message>
        <source>Training goes on from what this model knows and makes a new one.</source>
        <translation>训练会从该模型已学到的内容继续，得到一个新模型。</translation>
    </message>
    <message>
        <source>This model goes on from {before}, on data that was mended.</source>
        <translation>该模型在修正后的数据上由 {before} 继续训练而来。</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) got another class</source>
        <translation>
            <numerusform>%Ln 张图片更改了类别</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n left out</source>
        <translation>
            <numerusform>%Ln 张被排除</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new</source>
        <translation>
            <numerusform>%Ln 张新增</numerusform>
        </translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>Training images since this model was trained: {changes}.</source>
        <translation>自该模型训练以来的训练图片变化：{changes}。</translation>
    </message>
</context>
<context>
    <name>RunActions</name>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Deleted: {run}</source>
        <translation>已删除：{run}</translation>
    </message>
    <message>
        <source>It waits in the project&apos;s trash; exported models stay as they are.</source>
        <translation>它在项目的回收站中；已导出的模型不受影响。</translation>
    </message>
</context>
<context>
    <name>RunList</name>
    <message>
        <source>finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>已中断</translation>
    </message>
    <message>
        <source>being prepared</source>
        <translation>准备</translation>
    </message>
    <message>
        <source>being trained · epoch {epoch} of {epochs}</source>
        <translation>正在训练 · 第 {epoch} 轮，共 {epochs} 轮</translation>
    </message>
    <message>
        <source>{done} of {planned} epochs</source>
        <translation>{done} / {planned} 轮</translation>
    </message>
    <message>
        <source>being trained elsewhere</source>
        <translation>别处训练</translation>
    </message>
    <message>
        <source>The same as {run} once more</source>
        <translation>与 {run} 相同，再来一次</translation>
    </message>
    <message>
        <source>Goes on from {run}</source>
        <translation>接续 {run}</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>训练记录</translation>
    </message>
    <message>
        <source>Training runs of this project</source>
        <translation>此项目的训练记录</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Search the runs</source>
        <translation>搜索训练</translation>
    </message>
    <message>
        <source>Words of name, note, model, preset or classes</source>
        <translation>名称、备注、模型、预设或类别中的词</translation>
    </message>
    <message>
        <source>What can be done with runs</source>
        <translation>可对训练执行的操作</translation>
    </message>
    <message>
        <source>No run has all of these words.</source>
        <translation>没有训练包含所有这些词。</translation>
    </message>
    <message>
        <source>Every training run of this project is kept here.</source>
        <translation>此项目的每次训练都会保存在这里。</translation>
    </message>
</context>
<context>
    <name>RunMenu</name>
    <message>
        <source>Deleted runs…</source>
        <translation>已删除的训练…</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Name and note…</source>
        <translation>名称和备注…</translation>
    </message>
    <message>
        <source>Train again: same settings, same images</source>
        <translation>重新训练：相同设置，相同图片</translation>
    </message>
    <message>
        <source>Continue on today&apos;s images</source>
        <translation>在现有图片上继续</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Compare with</source>
        <translation>与之比较</translation>
    </message>
</context>
<context>
    <name>ScaledStages</name>
    <message>
        <source>Stage by stage</source>
        <translation>逐阶段</translation>
    </message>
</context>
<context>
    <name>ScalingChart</name>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>For B0 to B7: the φ that costs the same work</source>
        <translation>对 B0 到 B7：计算量相同的 φ</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数量</translation>
    </message>
    <message>
        <source>Work</source>
        <translation>计算量</translation>
    </message>
    <message>
        <source>Your choice</source>
        <translation>你的选择</translation>
    </message>
    <message>
        <source>Growth compared with B0</source>
        <translation>相对 B0 的增长</translation>
    </message>
    <message>
        <source>The vertical axis is logarithmic: equal steps multiply by equal factors.</source>
        <translation>纵轴为对数刻度：相等的间隔表示相等的倍数。</translation>
    </message>
    <message>
        <source>Work for one image</source>
        <translation>单张图片的计算量</translation>
    </message>
    <message>
        <source>{title} as a table</source>
        <translation>{title}（表格）</translation>
    </message>
    <message>
        <source>Two curves over φ, with {count} published models</source>
        <translation>随 φ 变化的两条曲线，以及 {count} 个已发布模型</translation>
    </message>
    <message>
        <source>Show the curves</source>
        <translation>显示曲线</translation>
    </message>
    <message>
        <source>Show the numbers as a table</source>
        <translation>以表格显示数值</translation>
    </message>
</context>
<context>
    <name>ScalingFigures</name>
    <message>
        <source>Parameters</source>
        <translation>参数量</translation>
    </message>
    <message>
        <source>Numbers that are learned: size on disk, and how many images it takes</source>
        <translation>可学习的数值：决定文件大小和所需图片数量</translation>
    </message>
    <message>
        <source>Work for one image</source>
        <translation>单张图片的计算量</translation>
    </message>
    <message>
        <source>Multiply-accumulates (MACs; G: billions): how slow it is</source>
        <translation>乘加运算量（MACs；G：十亿）：决定快慢</translation>
    </message>
    <message>
        <source>Input image</source>
        <translation>输入图片</translation>
    </message>
    <message>
        <source>Side of the square that your images are brought to</source>
        <translation>图片被调整成的正方形边长</translation>
    </message>
    <message>
        <source>Memory for training</source>
        <translation>训练所需内存</translation>
    </message>
    <message>
        <source>For a step with {few} images, all stages learning in 32 bit; an estimate. Frozen stages and smaller batches need much less.</source>
        <translation>按每步 {few} 张图片、全部阶段以 32 位训练估算。冻结阶段或减小批量会少得多。</translation>
    </message>
    <message>
        <source>{few} images at once; {many} at once: {memory}</source>
        <translation>一次 {few} 张图片；一次 {many} 张：{memory}</translation>
    </message>
    <message>
        <source>measure first</source>
        <translation>请先测量</translation>
    </message>
    <message>
        <source>Measure the time of two models in the tab Inside; then that of any size can be predicted for this computer.</source>
        <translation>在“内部”标签页测量两个模型的用时，即可预测本机上任意大小模型的用时。</translation>
    </message>
    <message>
        <source>predicted for this computer</source>
        <translation>针对本机的预测</translation>
    </message>
    <message>
        <source>From the models measured here; half of them lie within {percent} % of the line.</source>
        <translation>根据本机测量的模型；其中一半与曲线相差不到 {percent} %。</translation>
    </message>
    <message>
        <source>Time for one image</source>
        <translation>单张图片用时</translation>
    </message>
</context>
<context>
    <name>ScalingHand</name>
    <message>
        <source>Depth ×</source>
        <translation>深度 ×</translation>
    </message>
    <message>
        <source>How many times as many layers, one after the other, as in B0</source>
        <translation>层数是 B0 的多少倍</translation>
    </message>
    <message>
        <source>Width ×</source>
        <translation>宽度 ×</translation>
    </message>
    <message>
        <source>How many times as many channels (kinds of detail) in each layer as B0</source>
        <translation>每层通道数（细节种类）是 B0 的多少倍</translation>
    </message>
    <message>
        <source>Resolution</source>
        <translation>分辨率</translation>
    </message>
    <message>
        <source>Side of the square image that the model sees, in pixels; B0 has 224</source>
        <translation>模型所见方形图片的边长（像素）；B0 为 224</translation>
    </message>
    <message>
        <source>α, base of depth</source>
        <translation>α，深度的底数</translation>
    </message>
    <message>
        <source>Depth = α to the power of φ</source>
        <translation>深度 = α 的 φ 次方</translation>
    </message>
    <message>
        <source>β, base of width</source>
        <translation>β，宽度的底数</translation>
    </message>
    <message>
        <source>Width = β to the power of φ</source>
        <translation>宽度 = β 的 φ 次方</translation>
    </message>
    <message>
        <source>γ, base of resolution</source>
        <translation>γ，分辨率的底数</translation>
    </message>
    <message>
        <source>Resolution = 224 pixels times γ to the power of φ</source>
        <translation>分辨率 = 224 像素 × γ 的 φ 次方</translation>
    </message>
    <message>
        <source>α·β²·γ² = {growth}: each step of φ about doubles the work, as it should.</source>
        <translation>α·β²·γ² = {growth}：φ 每增加 1，计算量约翻一倍，正如预期。</translation>
    </message>
    <message>
        <source>α·β²·γ² = {growth}, more than 2: each step of φ multiplies the work by {growth}, so networks grow faster than the slider suggests.</source>
        <translation>α·β²·γ² = {growth}，大于 2：φ 每增加 1，计算量乘以 {growth}，网络增长比滑块显示的更快。</translation>
    </message>
    <message>
        <source>α·β²·γ² = {growth}, less than 2: each step of φ multiplies the work by {growth} only.</source>
        <translation>α·β²·γ² = {growth}，小于 2：φ 每增加 1，计算量只乘以 {growth}。</translation>
    </message>
</context>
<context>
    <name>ScalingView</name>
    <message>
        <source>Train this model</source>
        <translation>训练此模型</translation>
    </message>
    <message>
        <source>Start from known weights</source>
        <translation>从已有权重开始</translation>
    </message>
    <message>
        <source>Keeps the width at one for which there are weights that know photographs. Switched off, the width follows φ exactly, and the network mostly starts from nothing.</source>
        <translation>将宽度保持在已有照片权重的取值上。关闭后宽度严格随 φ 变化，网络大多要从零开始。</translation>
    </message>
    <message>
        <source>By hand</source>
        <translation>手动</translation>
    </message>
    <message>
        <source>Set depth, width and resolution one by one, or change the rule itself</source>
        <translation>逐一设置深度、宽度和分辨率，或更改规则本身</translation>
    </message>
    <message>
        <source>Its name on the command line and in projects</source>
        <translation>在命令行和项目中的名称</translation>
    </message>
</context>
<context>
    <name>ScalingWords</name>
    <message>
        <source>What it starts from</source>
        <translation>训练起点</translation>
    </message>
    <message>
        <source>Why everything grows together</source>
        <translation>为什么要一起增长</translation>
    </message>
</context>
<context>
    <name>SettingsForm</name>
    <message>
        <source>Images</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Stages</source>
        <translation>阶段</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步</translation>
    </message>
    <message>
        <source>What counts</source>
        <translation>权衡</translation>
    </message>
    <message>
        <source>Learning from another model</source>
        <translation>向其他模型学习</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>此计算机</translation>
    </message>
</context>
<context>
    <name>StageInside</name>
    <message>
        <source>Inside: {stage}</source>
        <translation>内部：{stage}</translation>
    </message>
    <message>
        <source>Block of the stage</source>
        <translation>阶段中的模块</translation>
    </message>
    <message>
        <source>The more channels come out of a layer, the taller its box. Every convolution is followed by a batch norm, and most by an activation; these are in the table.</source>
        <translation>输出通道越多，方块越高。每个卷积后都有批归一化，多数还有激活；它们列在表格中。</translation>
    </message>
</context>
<context>
    <name>TableTwin</name>
    <message>
        <source>Save table</source>
        <translation>保存表格</translation>
    </message>
    <message>
        <source>CSV (*.csv)</source>
        <translation>CSV (*.csv)</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the selected rows, or all of them</source>
        <translation>复制所选行；未选择时复制全部</translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation>另存为 CSV…</translation>
    </message>
</context>
<context>
    <name>TrainElsewhere</name>
    <message>
        <source>Watch it</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>A training runs elsewhere: {run}</source>
        <translation>别处正在进行训练：{run}</translation>
    </message>
</context>
<context>
    <name>TrainPage</name>
    <message>
        <source>Stopped before the first epoch was over; nothing was kept.</source>
        <translation>在第一轮结束前停止，没有保留任何结果。</translation>
    </message>
    <message>
        <source>The project is open elsewhere; here it can only be looked at.</source>
        <translation>此项目已在别处打开，这里只能查看。</translation>
    </message>
    <message>
        <source>There is nothing to learn from yet</source>
        <translation>还没有可供学习的图片</translation>
    </message>
    <message>
        <source>Import a folder of images first: one sub-folder for each class.</source>
        <translation>请先导入一个图片文件夹：每个类别一个子文件夹。</translation>
    </message>
    <message>
        <source>Go to Data</source>
        <translation>前往“数据”</translation>
    </message>
    <message>
        <source>Teach a model to tell your classes apart.</source>
        <translation>教模型区分你的类别。</translation>
    </message>
    <message>
        <source>{train} images to learn from, {val} to check with, {classes} classes</source>
        <translation>{train} 张图片用于学习，{val} 张用于检验，共 {classes} 个类别</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>训练</translation>
    </message>
</context>
<context>
    <name>TrainSettings</name>
    <message>
        <source>There are no images to try rates on yet: import some first.</source>
        <translation>还没有可用来试验学习率的图片：请先导入图片。</translation>
    </message>
    <message>
        <source>The project is open elsewhere; here it can only be looked at.</source>
        <translation>此项目已在别处打开，这里只能查看。</translation>
    </message>
    <message>
        <source>Tries learning rates from small to large and proposes one</source>
        <translation>从小到大试验学习率，并推荐其中一个</translation>
    </message>
    <message>
        <source>Find…</source>
        <translation>寻找…</translation>
    </message>
    <message>
        <source>Find a learning rate</source>
        <translation>寻找学习率</translation>
    </message>
</context>
<context>
    <name>TrainSetup</name>
    <message>
        <source>Settings of the training</source>
        <translation>训练设置</translation>
    </message>
    <message>
        <source>How thorough</source>
        <translation>训练程度</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Starting weights</source>
        <translation>初始权重</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>高级设置</translation>
    </message>
    <message>
        <source>Model, starting weights and all settings</source>
        <translation>模型、初始权重和全部设置</translation>
    </message>
    <message>
        <source>{parameters} parameters · sees {size} × {size} pixels</source>
        <translation>{parameters} 个参数 · 输入 {size} × {size} 像素</translation>
    </message>
    <message>
        <source>Model: {name}.</source>
        <translation>模型：{name}。</translation>
    </message>
    <message numerus="yes">
        <source>%n setting(s) of your own.</source>
        <translation>
            <numerusform>有 %Ln 项自定义设置。</numerusform>
        </translation>
    </message>
    <message>
        <source>Start training</source>
        <translation>开始训练</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Ends the run; its best epoch is kept.</source>
        <translation>结束训练并保留最佳的一轮。</translation>
    </message>
</context>
<context>
    <name>TrainStatus</name>
    <message>
        <source>Ready to train</source>
        <translation>可以开始训练</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>training images</source>
        <translation>张训练图片</translation>
    </message>
    <message>
        <source>validation images</source>
        <translation>张验证图片</translation>
    </message>
    <message>
        <source>classes</source>
        <translation>个类别</translation>
    </message>
    <message>
        <source>Choose how thorough to be, then press Start training.</source>
        <translation>选择训练程度，然后点击“开始训练”。</translation>
    </message>
    <message>
        <source>Preparing</source>
        <translation>准备中</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>The step under way is finished first.</source>
        <translation>先完成正在进行的这一步。</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练中</translation>
    </message>
    <message>
        <source>The first result comes at the end of an epoch.</source>
        <translation>每轮结束时才有结果。</translation>
    </message>
    <message>
        <source>The best epoch is kept, also if you stop early.</source>
        <translation>即使提前停止，也会保留最佳的一轮。</translation>
    </message>
    <message>
        <source>{epoch} / {epochs}</source>
        <translation>{epoch} / {epochs}</translation>
    </message>
    <message>
        <source>images/s</source>
        <translation>张/秒</translation>
    </message>
    <message>
        <source>epoch</source>
        <translation>轮次</translation>
    </message>
    <message>
        <source>best accuracy</source>
        <translation>最高准确率</translation>
    </message>
    <message>
        <source>left</source>
        <translation>剩余时间</translation>
    </message>
    <message>
        <source>Balanced accuracy: the mean over the classes, so that small ones count as much as large ones</source>
        <translation>平衡准确率：各类别准确率的平均值，小类别与大类别同等重要</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>The run could not go on. Your settings are still at the left.</source>
        <translation>训练无法继续。你的设置仍保留在左侧。</translation>
    </message>
    <message>
        <source>Getting ready…</source>
        <translation>正在准备…</translation>
    </message>
    <message>
        <source>Fetching the pre-trained weights</source>
        <translation>下载预训练权重</translation>
    </message>
    <message>
        <source>Looking at every image once with the frozen part</source>
        <translation>用冻结的部分把每张图片看一遍</translation>
    </message>
    <message>
        <source>Reading the images</source>
        <translation>正在读取图片</translation>
    </message>
    <message>
        <source>{done} of {total} MB</source>
        <translation>{done} / {total} MB</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} / {total}</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Puts the settings of this run into the form at the left</source>
        <translation>把此次训练的设置填入左侧表单</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>试一试</translation>
    </message>
    <message>
        <source>See the errors</source>
        <translation>查看错误</translation>
    </message>
    <message>
        <source>Training elsewhere</source>
        <translation>在别处训练</translation>
    </message>
    <message>
        <source>The weights of the best epoch are kept. Next: look at the mistakes.</source>
        <translation>已保留最佳一轮的权重。下一步：看看它错在哪里。</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>The computer is yours. Resume whenever you like.</source>
        <translation>电脑资源已释放，可随时继续。</translation>
    </message>
    <message>
        <source>balanced accuracy</source>
        <translation>平衡准确率</translation>
    </message>
    <message>
        <source>Use again</source>
        <translation>再次使用</translation>
    </message>
    <message>
        <source>It is being trained in another window or program; each epoch appears here when it is over. Done: {done} of {planned}.</source>
        <translation>正由另一个程序训练，每轮结束后在这里显示。已完成 {done} / {planned} 轮。</translation>
    </message>
    <message>
        <source>Stopped after {done} of {planned} epochs; the best one is kept.</source>
        <translation>在第 {done} 轮（共 {planned} 轮）后停止，已保留最佳的一轮。</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>The app ended while this was being trained. Epochs kept: {done} of {planned}.</source>
        <translation>训练过程中应用意外结束。已保留 {done} / {planned} 轮。</translation>
    </message>
    <message>
        <source>Interrupted</source>
        <translation>已中断</translation>
    </message>
    <message>
        <source>The epoch with the best balanced accuracy is kept: every class counts alike. Next: look at the mistakes.</source>
        <translation>保留了平衡准确率最高的轮次：每个类别同等重要。下一步：查看错误。</translation>
    </message>
    <message>
        <source>accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>best epoch</source>
        <translation>最佳轮次</translation>
    </message>
    <message>
        <source>training time</source>
        <translation>训练用时</translation>
    </message>
</context>
<context>
    <name>TrainingAnnouncer</name>
    <message>
        <source>Training started</source>
        <translation>训练已开始</translation>
    </message>
    <message>
        <source>Epoch {epoch} of {epochs}: {accuracy} right</source>
        <translation>第 {epoch}/{epochs} 轮：准确率 {accuracy}</translation>
    </message>
    <message>
        <source>Training paused</source>
        <translation>训练已暂停</translation>
    </message>
    <message>
        <source>Training goes on</source>
        <translation>训练继续进行</translation>
    </message>
</context>
<context>
    <name>TwinCard</name>
    <message>
        <source>{title} as a table</source>
        <translation>{title}（表格）</translation>
    </message>
    <message>
        <source>Show the drawing</source>
        <translation>显示图示</translation>
    </message>
    <message>
        <source>Show the numbers as a table</source>
        <translation>以表格显示数值</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表格</translation>
    </message>
</context>
<context>
    <name>WeightsDialog</name>
    <message>
        <source>Pre-trained weights</source>
        <translation>预训练权重</translation>
    </message>
    <message>
        <source>What the models learned from ImageNet, the starting point of a training. They are downloaded when they are first needed, or here ahead of time.</source>
        <translation>模型从 ImageNet 学到的内容，是训练的起点。首次需要时会下载，也可在此提前下载。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>WeightsField</name>
    <message>
        <source>Weights (*.safetensors *.pth *.pt)</source>
        <translation>权重文件 (*.safetensors *.pth *.pt)</translation>
    </message>
    <message>
        <source>Choose a weights file</source>
        <translation>选择权重文件</translation>
    </message>
    <message>
        <source>Starts from nothing: needs many images and much time.</source>
        <translation>从零开始：需要大量图片和很长时间。</translation>
    </message>
    <message>
        <source>Choose a weights file.</source>
        <translation>请选择一个权重文件。</translation>
    </message>
    <message>
        <source>Starts from {name}.</source>
        <translation>从 {name} 开始。</translation>
    </message>
    <message>
        <source>Starts from the small backbone shipped with the app.</source>
        <translation>从应用自带的小型骨干网络开始。</translation>
    </message>
    <message>
        <source>There is no starter backbone for this model yet.</source>
        <translation>此模型暂无自带的骨干网络。</translation>
    </message>
    <message>
        <source>No published weights fit this width: starts from nothing.</source>
        <translation>没有已发布的权重适合此宽度：从零开始。</translation>
    </message>
    <message>
        <source>Starts from ImageNet weights, which are on this computer.</source>
        <translation>从 ImageNet 权重开始，权重已在本机。</translation>
    </message>
    <message>
        <source>ImageNet weights are downloaded when you start.</source>
        <translation>开始训练时会下载 ImageNet 权重。</translation>
    </message>
    <message>
        <source>ImageNet weights are downloaded when you start. Without a network the starter backbone is used.</source>
        <translation>开始训练时会下载 ImageNet 权重；没有网络时使用自带的骨干网络。</translation>
    </message>
    <message>
        <source>ImageNet weights are downloaded when you start. Without a network it starts from nothing.</source>
        <translation>开始训练时会下载 ImageNet 权重；没有网络时从零开始。</translation>
    </message>
    <message>
        <source>From a file…</source>
        <translation>从文件选择…</translation>
    </message>
    <message>
        <source>Starting weights</source>
        <translation>初始权重</translation>
    </message>
</context>
<context>
    <name>_Marks</name>
    <message>
        <source>EfficientNet-B{variant}</source>
        <translation>EfficientNet-B{variant}</translation>
    </message>
    <message>
        <source>{name} exactly as published. It stands where the rule needs the same work.</source>
        <translation>与发布的 {name} 完全相同。它位于规则所需计算量相同的位置。</translation>
    </message>
</context>
</TS>
