<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
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
        <translation>模型从 ImageNet 学到的知识，是训练您自己模型的起点</translation>
    </message>
</context>
<context>
    <name>ClassCurvesTable</name>
    <message>
        <source>There are no images of other classes to tell it from.</source>
        <translation>没有其他类别的图片可供区分。</translation>
    </message>
    <message>
        <source>There are no images of this class, so there is nothing to tell.</source>
        <translation>没有该类别的图片，无从判断。</translation>
    </message>
    <message>
        <source>95 % interval: {low} to {high}. So far chance may have moved it, with this number of images.</source>
        <translation>95 % 区间：{low} 至 {high}。以现有的图片数量，偶然因素可能造成这么大的偏差。</translation>
    </message>
    <message>
        <source>Without a single mistake, nobody can tell how much of it is chance.</source>
        <translation>没有任何错误，因此无法判断其中有多少是偶然。</translation>
    </message>
    <message>
        <source>Too few images to tell how far this may be off.</source>
        <translation>图片太少，无法判断误差有多大。</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Kind of thing, as your folders are named</source>
        <translation>事物的种类，即文件夹的名称</translation>
    </message>
    <message>
        <source>AUC</source>
        <translation>AUC</translation>
    </message>
    <message>
        <source>Area under the ROC curve: of an image of the class and another one, how often the first gets the higher score. 0.5 is guessing. In brackets: 95 % interval.</source>
        <translation>ROC 曲线下面积：任取一张该类别的图片和一张其他图片，前者得分更高的频率。0.5 相当于猜测。括号内为 95 % 区间。</translation>
    </message>
    <message>
        <source>Average precision</source>
        <translation>平均精确率</translation>
    </message>
    <message>
        <source>Mean precision while one image of the class after the other is found. Guessing gives the share of the class. In brackets: 95 % interval.</source>
        <translation>逐张找出该类别图片时精确率的平均值。猜测时等于该类别所占的比例。括号内为 95 % 区间。</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Images of this class that were checked</source>
        <translation>该类别中已检查的图片数</translation>
    </message>
</context>
<context>
    <name>CurvePair</name>
    <message>
        <source>Threshold {value}</source>
        <translation>阈值 {value}</translation>
    </message>
    <message>
        <source>Precision {value}</source>
        <translation>精确率 {value}</translation>
    </message>
    <message>
        <source>Recall {value}</source>
        <translation>召回率 {value}</translation>
    </message>
    <message>
        <source>False positive rate {value}</source>
        <translation>假阳性率 {value}</translation>
    </message>
    <message>
        <source>False positive rate</source>
        <translation>假阳性率</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>召回率</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精确率</translation>
    </message>
    <message>
        <source>ROC and precision-recall curves</source>
        <translation>ROC 曲线和精确率-召回率曲线</translation>
    </message>
</context>
<context>
    <name>CurvePlots</name>
    <message>
        <source>Click a curve, or walk along it with ← and →, to see what a threshold gets wrong.</source>
        <translation>点击曲线，或用 ← 和 → 沿曲线移动，即可查看某个阈值会判错哪些图片。</translation>
    </message>
    <message>
        <source>Show the curves</source>
        <translation>显示曲线</translation>
    </message>
    <message>
        <source>Show the numbers as a table</source>
        <translation>以表格显示数值</translation>
    </message>
    <message>
        <source>Thresholds</source>
        <translation>阈值</translation>
    </message>
    <message>
        <source>mean of all classes</source>
        <translation>所有类别的平均</translation>
    </message>
    <message>
        <source>all images together</source>
        <translation>所有图片合并</translation>
    </message>
    <message>
        <source>guessing</source>
        <translation>猜测</translation>
    </message>
</context>
<context>
    <name>CurvePointsTable</name>
    <message>
        <source>Threshold</source>
        <translation>阈值</translation>
    </message>
    <message>
        <source>What is at least as likely is taken for the class</source>
        <translation>概率不低于此值的图片都被当作该类别</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精确率</translation>
    </message>
    <message>
        <source>Of what is taken for the class, how much is right</source>
        <translation>被当作该类别的图片中，正确的比例</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>召回率</translation>
    </message>
    <message>
        <source>Of the images of the class, how many are found</source>
        <translation>该类别的图片中，被找到的比例</translation>
    </message>
    <message>
        <source>FPR</source>
        <translation>FPR</translation>
    </message>
    <message>
        <source>False positive rate: of the other images, how many are taken for it</source>
        <translation>假阳性率：其他图片中，被误认为该类别的比例</translation>
    </message>
    <message>
        <source>TP</source>
        <translation>TP</translation>
    </message>
    <message>
        <source>True positives: images of the class that are taken for it</source>
        <translation>真阳性：被当作该类别的该类别图片</translation>
    </message>
    <message>
        <source>FP</source>
        <translation>FP</translation>
    </message>
    <message>
        <source>False positives: other images that are taken for it</source>
        <translation>假阳性：被误认为该类别的其他图片</translation>
    </message>
    <message>
        <source>FN</source>
        <translation>FN</translation>
    </message>
    <message>
        <source>False negatives: images of the class that are missed</source>
        <translation>假阴性：被漏掉的该类别图片</translation>
    </message>
</context>
<context>
    <name>CurvesView</name>
    <message>
        <source>Curves</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>others</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>Probability of {name}</source>
        <translation>{name} 的概率</translation>
    </message>
    <message>
        <source>Upwards its own images, downwards all others; each half has its own scale.</source>
        <translation>向上为该类别的图片，向下为所有其他图片；上下两半各有自己的比例尺。</translation>
    </message>
    <message>
        <source>Probability</source>
        <translation>概率</translation>
    </message>
    <message>
        <source>{name}: on the wrong side of others</source>
        <translation>{name}：排序错位的图片</translation>
    </message>
    <message>
        <source>What keeps AUC from 1, the worst first: images of the class less likely than others, and others more likely than they.</source>
        <translation>使 AUC 达不到 1 的图片，最差的在前：概率低于其他图片的该类别图片，以及概率高于该类别图片的其他图片。</translation>
    </message>
    <message>
        <source>{name} from {threshold}: {false}, {missed}</source>
        <translation>{name}，阈值 {threshold}：{false}，{missed}</translation>
    </message>
    <message numerus="yes">
        <source>%n false alarm(s)</source>
        <translation>
            <numerusform>误报 %n 张</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n missed</source>
        <translation>
            <numerusform>漏检 %n 张</numerusform>
        </translation>
    </message>
    <message>
        <source>First the false alarms, the surest first; then the missed, the least sure.</source>
        <translation>先列出误报，最确信的在前；然后是漏检，最不确信的在前。</translation>
    </message>
    <message>
        <source>{name}, its probability {range}</source>
        <translation>{name}，其概率为 {range}</translation>
    </message>
    <message>
        <source>Other images, probability of {name} {range}</source>
        <translation>其他图片，{name} 的概率为 {range}</translation>
    </message>
    <message>
        <source>By the probability of {name}.</source>
        <translation>按 {name} 的概率排序。</translation>
    </message>
    <message>
        <source>The first {count} of the chosen classes</source>
        <translation>所选类别中的前 {count} 个</translation>
    </message>
    <message>
        <source>{count} classes, each against the rest</source>
        <translation>{count} 个类别，各自与其余类别相比</translation>
    </message>
    <message>
        <source>{name} (positive) against {other}</source>
        <translation>{name}（阳性）与 {other}</translation>
    </message>
    <message>
        <source>{name} against the rest</source>
        <translation>{name} 与其余类别</translation>
    </message>
    <message>
        <source>All images are of this class: there is nothing to tell it from.</source>
        <translation>所有图片都属于该类别：没有可区分的对象。</translation>
    </message>
    <message>
        <source>There are no images of it, so there is no curve.</source>
        <translation>没有该类别的图片，因此没有曲线。</translation>
    </message>
    <message>
        <source>Working out the curves…</source>
        <translation>正在计算曲线…</translation>
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
    <name>LearningCurveView</name>
    <message>
        <source>Find out</source>
        <translation>开始判断</translation>
    </message>
    <message>
        <source>{action} (about {time})</source>
        <translation>{action}（约 {time}）</translation>
    </message>
    <message>
        <source>Would more images help?</source>
        <translation>更多图片会有帮助吗？</translation>
    </message>
    <message>
        <source>The app trains on a quarter, half and three quarters of your images, as the preset Instant does. From how the model gets better it tells of which class more images would help most.</source>
        <translation>应用会像“即时”预设那样，用您四分之一、一半和四分之三的图片进行训练，并根据模型的进步判断哪个类别增加图片帮助最大。</translation>
    </message>
</context>
<context>
    <name>LivePlots</name>
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
        <source>averaged</source>
        <translation>平均</translation>
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
    <name>ModelStages</name>
    <message>
        <source>Stage {number}</source>
        <translation>阶段 {number}</translation>
    </message>
    <message>
        <source>Stem</source>
        <translation>输入层</translation>
    </message>
    <message>
        <source>Last convolution</source>
        <translation>末层卷积</translation>
    </message>
    <message>
        <source>Head</source>
        <translation>头部</translation>
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
        <source>No model has that in its name.</source>
        <translation>没有名称与之相符的模型。</translation>
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
        <source>≈ {time} · {memory} memory · {disk} disk</source>
        <translation>≈ {time} · 内存 {memory} · 磁盘 {disk}</translation>
    </message>
    <message>
        <source>Instant</source>
        <translation>即时</translation>
    </message>
    <message>
        <source>Trains the last layer only. The quickest look at what is possible.</source>
        <translation>只训练最后一层，最快了解能达到什么效果。</translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation>均衡</translation>
    </message>
    <message>
        <source>Adapts the last stages to your images. Right for most.</source>
        <translation>让最后几个阶段适应您的图片，适合大多数情况。</translation>
    </message>
    <message>
        <source>Best</source>
        <translation>最佳</translation>
    </message>
    <message>
        <source>Trains everything, with strongly varied images. Takes the longest.</source>
        <translation>训练整个模型，并大幅变换图片。耗时最长。</translation>
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
            <numerusform>%n 张图片更改了类别</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n left out</source>
        <translation>
            <numerusform>%n 张被排除</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new</source>
        <translation>
            <numerusform>%n 张新增</numerusform>
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
        <translation>正在准备</translation>
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
        <translation>正在别处训练</translation>
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
        <translation>前往数据页</translation>
    </message>
    <message>
        <source>Teach a model to tell your classes apart.</source>
        <translation>教模型区分您的类别。</translation>
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
        <source>{parameters} parameters · sees {size} × {size} pixels</source>
        <translation>{parameters} 个参数 · 输入 {size} × {size} 像素</translation>
    </message>
    <message>
        <source>Start training</source>
        <translation>开始训练</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
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
        <translation>选择训练程度，然后点击「开始训练」。</translation>
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
        <source>The computer is yours. Go on whenever you like.</source>
        <translation>电脑已空出，可随时继续训练。</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练中</translation>
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
        <source>Go on</source>
        <translation>继续</translation>
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
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>The run could not go on. Your settings are still at the left.</source>
        <translation>训练无法继续。您的设置仍保留在左侧。</translation>
    </message>
    <message>
        <source>Getting ready…</source>
        <translation>正在准备…</translation>
    </message>
    <message>
        <source>Fetching the pre-trained weights</source>
        <translation>正在下载预训练权重</translation>
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
        <source>Puts the settings of this run into the form at the left</source>
        <translation>把此次训练的设置填入左侧表单</translation>
    </message>
    <message>
        <source>Again</source>
        <translation>再次使用</translation>
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
        <source>Another process trains it: each epoch appears here when it is over. Done: {done} of {planned}.</source>
        <translation>由另一个进程训练：每轮结束后会显示在这里。已完成 {done} / {planned} 轮。</translation>
    </message>
    <message>
        <source>Training elsewhere</source>
        <translation>正在别处训练</translation>
    </message>
    <message>
        <source>The weights of the best epoch are kept. Next: look at the mistakes.</source>
        <translation>已保留最佳一轮的权重。下一步：看看它错在哪里。</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>已完成</translation>
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
    <name>WeightsTable</name>
    <message>
        <source>On this computer</source>
        <translation>在此计算机上</translation>
    </message>
    <message>
        <source>Not here</source>
        <translation>不在此计算机</translation>
    </message>
    <message>
        <source>Unfinished</source>
        <translation>未完成</translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation>已损坏</translation>
    </message>
    <message>
        <source>about {size}</source>
        <translation>约 {size}</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} / {total}</translation>
    </message>
    <message>
        <source>Training needs no network.</source>
        <translation>训练不需要网络。</translation>
    </message>
    <message>
        <source>Fetched when first needed, or with Download.</source>
        <translation>首次需要时下载，或点“下载”。</translation>
    </message>
    <message>
        <source>A download stopped; Download goes on from there.</source>
        <translation>下载曾中断；点“下载”可从断点继续。</translation>
    </message>
    <message>
        <source>The checksum differs; Download replaces the file.</source>
        <translation>校验和不符；点“下载”可替换该文件。</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Name of the architecture</source>
        <translation>架构名称</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Whether the weights are on this computer</source>
        <translation>权重是否在此计算机上</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Of the file; of what is not here only about</source>
        <translation>文件大小；不在此的只是约数</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可</translation>
    </message>
    <message>
        <source>Terms the weights are published under</source>
        <translation>权重的发布条款</translation>
    </message>
</context>
</TS>
