<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Actions</name>
    <message>
        <source>&amp;Project</source>
        <translation>项目(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>New project…</source>
        <translation>新建项目…</translation>
    </message>
    <message>
        <source>Open project…</source>
        <translation>打开项目…</translation>
    </message>
    <message>
        <source>Try the sample</source>
        <translation>试用示例</translation>
    </message>
    <message>
        <source>Import a folder…</source>
        <translation>导入文件夹…</translation>
    </message>
    <message>
        <source>Prepared images…</source>
        <translation>预处理图片…</translation>
    </message>
    <message>
        <source>Pre-trained weights…</source>
        <translation>预训练权重…</translation>
    </message>
    <message>
        <source>Close project</source>
        <translation>关闭项目</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Evaluate</source>
        <translation>评估</translation>
    </message>
    <message>
        <source>Predict</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Doctor…</source>
        <translation>系统诊断…</translation>
    </message>
</context>
<context>
    <name>Anatomy</name>
    <message>
        <source>Inverted bottleneck</source>
        <translation>倒置瓶颈</translation>
    </message>
    <message>
        <source>Residual block</source>
        <translation>残差模块</translation>
    </message>
    <message>
        <source>Residual bottleneck</source>
        <translation>残差瓶颈</translation>
    </message>
    <message>
        <source>Dense layer</source>
        <translation>密集层</translation>
    </message>
    <message>
        <source>Transition</source>
        <translation>过渡层</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Looks in a wider space than it passes on: expand the channels, look at each one by itself through a small window (depthwise), turn whole channels up or down after a look at everything (squeeze-and-excitation, SE), then put them together again.</source>
        <translation>在比输出更宽的空间中观察：先扩展通道，再用小窗口逐个通道观察（逐通道卷积），纵观全局后调高或调低整个通道（压缩激励，SE），最后重新合并。</translation>
    </message>
    <message>
        <source>The block of MobileNet: expand the channels, look at each one by itself through a small window (depthwise), weigh them where there is an SE, and put them together again.</source>
        <translation>MobileNet 的模块：扩展通道，用小窗口逐个通道观察（逐通道卷积），有 SE 时加权，再重新合并。</translation>
    </message>
    <message>
        <source>Two convolutions whose result is added to the block&apos;s own input: they only have to learn what to change.</source>
        <translation>两个卷积，其结果加到模块自身的输入上：它们只需学习要改变什么。</translation>
    </message>
    <message>
        <source>Reduces the channels, looks at them through a small window, expands them again, and adds the result to the block&apos;s own input.</source>
        <translation>先减少通道，通过小窗口观察，再扩展通道，并把结果加到模块自身的输入上。</translation>
    </message>
    <message>
        <source>Computes a few new channels from all channels before it, and sets them beside those.</source>
        <translation>由之前的全部通道计算少量新通道，并与它们并列。</translation>
    </message>
    <message>
        <source>Halves the channels and the side of the map between two dense stages.</source>
        <translation>在两个密集阶段之间，将通道数和特征图边长减半。</translation>
    </message>
    <message>
        <source>Convolution</source>
        <translation>卷积</translation>
    </message>
    <message>
        <source>Depthwise</source>
        <translation>逐通道卷积</translation>
    </message>
    <message>
        <source>SE</source>
        <translation>SE</translation>
    </message>
    <message>
        <source>Linear</source>
        <translation>全连接</translation>
    </message>
    <message>
        <source>Pooling</source>
        <translation>池化</translation>
    </message>
    <message>
        <source>Batch norm</source>
        <translation>批归一化</translation>
    </message>
    <message>
        <source>Activation</source>
        <translation>激活</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>Shortcut</source>
        <translation>捷径连接</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>投影</translation>
    </message>
    <message>
        <source>Expand</source>
        <translation>扩展</translation>
    </message>
    <message>
        <source>Reduce</source>
        <translation>降维</translation>
    </message>
    <message>
        <source>{kernel}, stride {stride}</source>
        <translation>{kernel}，步幅 {stride}</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>特征图</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>Blocks</source>
        <translation>模块</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>Shrink</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>{n} parameters</source>
        <translation>{n} 个参数</translation>
    </message>
    <message>
        <source>work {macs}</source>
        <translation>计算量 {macs}</translation>
    </message>
    <message>
        <source>frozen: keeps what it has learned before</source>
        <translation>冻结：保留先前所学</translation>
    </message>
    <message>
        <source>learns</source>
        <translation>学习</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>阶段</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>Height × width × channels</source>
        <translation>高 × 宽 × 通道</translation>
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
        <source>Time</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>For one image</source>
        <translation>单张图片</translation>
    </message>
    <message>
        <source>In training</source>
        <translation>训练时</translation>
    </message>
    <message>
        <source>frozen</source>
        <translation>冻结</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Its name in the weights file</source>
        <translation>在权重文件中的名称</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Block {n} · {kind}</source>
        <translation>模块 {n} · {kind}</translation>
    </message>
    <message>
        <source>Blocks {first}–{last} · {kind}</source>
        <translation>模块 {first}–{last} · {kind}</translation>
    </message>
</context>
<context>
    <name>ArchitectureView</name>
    <message>
        <source>Measuring {name}</source>
        <translation>正在测量 {name}</translation>
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
        <translation>末端卷积</translation>
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
        <source>Frozen stages</source>
        <translation>冻结阶段数</translation>
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
    <name>AttentionBoard</name>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n 张图片</numerusform>
        </translation>
    </message>
    <message>
        <source>⚠ Looks at one border</source>
        <translation>⚠ 只看一条边</translation>
    </message>
    <message>
        <source>⚠ Looks at one corner</source>
        <translation>⚠ 只看一个角落</translation>
    </message>
    <message>
        <source>{truth}, taken for {answer} · {confidence} %</source>
        <translation>{truth}，误判为 {answer} · {confidence} %</translation>
    </message>
    <message>
        <source>{label}: how much is inside the box?</source>
        <translation>{label}：方框内占多少？</translation>
    </message>
    <message>
        <source>Each image with what spoke for its wrong answer; the surest first.</source>
        <translation>每张图片及支持其错误答案的位置；置信度最高的在前。</translation>
    </message>
    <message>
        <source>Every image was recognised.</source>
        <translation>所有图片均识别正确。</translation>
    </message>
    <message>
        <source>Nothing in these images speaks for the answers: the maps are empty.</source>
        <translation>这些图片中没有支持答案的位置：热力图为空。</translation>
    </message>
    <message>
        <source>The mean of all images with one answer, and the mean of their maps. No class is looked at in a corner or at a border where the others are not.</source>
        <translation>同一答案的所有图片的平均，及其热力图的平均。没有哪个类别的关注点异于其他类别而位于角落或边缘。</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Classes or errors</source>
        <translation>类别或错误</translation>
    </message>
    <message>
        <source>Mean image and mean map of each class</source>
        <translation>各类别的平均图片和平均热力图</translation>
    </message>
    <message>
        <source>Wrong answers with their maps</source>
        <translation>错误答案及其热力图</translation>
    </message>
    <message>
        <source>Share of the attention inside the box</source>
        <translation>方框内的关注度占比</translation>
    </message>
    <message>
        <source>Colours of the maps</source>
        <translation>热力图配色</translation>
    </message>
    <message>
        <source>Save report…</source>
        <translation>保存报告…</translation>
    </message>
    <message>
        <source>One HTML file with all of this; a browser prints it, also to PDF</source>
        <translation>包含以上全部内容的 HTML 文件；可用浏览器打印或存为 PDF</translation>
    </message>
</context>
<context>
    <name>AttentionKeeper</name>
    <message>
        <source>Looking at all images</source>
        <translation>正在查看所有图片</translation>
    </message>
    <message>
        <source>Save report</source>
        <translation>保存报告</translation>
    </message>
    <message>
        <source>Saving the report</source>
        <translation>正在保存报告</translation>
    </message>
</context>
<context>
    <name>AttentionView</name>
    <message>
        <source>{action} (about {time})</source>
        <translation>{action}（约 {time}）</translation>
    </message>
    <message>
        <source>Not looked yet</source>
        <translation>尚未查看</translation>
    </message>
    <message>
        <source>For each image the app finds out which places spoke for the model&apos;s answer, and what the images of a class have in common: the thing itself, or something beside it that gives the class away.</source>
        <translation>应用会找出每张图片中哪些位置支持模型的答案，以及同一类别的图片有何共同之处：是物体本身，还是旁边泄露类别的东西。</translation>
    </message>
    <message numerus="yes">
        <source>Look at all %n image(s)</source>
        <translation>
            <numerusform>查看全部 %n 张图片</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AugmentPreview</name>
    <message>
        <source>What training sees</source>
        <translation>训练看到的图片</translation>
    </message>
    <message>
        <source>Show others</source>
        <translation>换一批</translation>
    </message>
    <message>
        <source>Other variants of the same images</source>
        <translation>同样图片的其他变化</translation>
    </message>
    <message>
        <source>Next images</source>
        <translation>下一组图片</translation>
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
        <source>Your image</source>
        <translation>您的图片</translation>
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
            <numerusform>%n 种随机操作，如旋转或错切</numerusform>
        </translation>
    </message>
    <message>
        <source>a part painted over in {share} of them</source>
        <translation>{share} 的图片有一部分被涂掉</translation>
    </message>
</context>
<context>
    <name>BalanceChart</name>
    <message>
        <source>Balance of the classes</source>
        <translation>类别平衡</translation>
    </message>
    <message>
        <source>Largest first</source>
        <translation>最大优先</translation>
    </message>
    <message>
        <source>Smallest first</source>
        <translation>最小优先</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>按名称</translation>
    </message>
    <message>
        <source>Order of the classes</source>
        <translation>类别排序</translation>
    </message>
    <message>
        <source>Show as a table</source>
        <translation>显示为表格</translation>
    </message>
    <message>
        <source>Against imbalance</source>
        <translation>应对不均</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>不处理</translation>
    </message>
    <message>
        <source>Weighted sampling</source>
        <translation>加权采样</translation>
    </message>
    <message>
        <source>Class weights</source>
        <translation>类别权重</translation>
    </message>
    <message>
        <source>Effective-number weights</source>
        <translation>有效样本数权重</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Seen in training, counted in images</source>
        <translation>训练中见到的次数（按图片计）</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Share of training</source>
        <translation>训练占比</translation>
    </message>
    <message>
        <source>Images of each class</source>
        <translation>各类别的图片</translation>
    </message>
    <message>
        <source>{title} as a table</source>
        <translation>{title}（表格）</translation>
    </message>
    <message>
        <source>There are no training images yet.</source>
        <translation>还没有训练图片。</translation>
    </message>
    <message>
        <source>{smallest} has no training images at all.</source>
        <translation>{smallest} 没有任何训练图片。</translation>
    </message>
    <message>
        <source>All classes have {most} training images.</source>
        <translation>所有类别都有 {most} 张训练图片。</translation>
    </message>
    <message>
        <source>The classes are balanced: {least} to {most} training images each.</source>
        <translation>各类别均衡：每类 {least} 到 {most} 张训练图片。</translation>
    </message>
    <message>
        <source>{largest} has {ratio} times as many training images as {smallest}: {most} against {least}.</source>
        <translation>{largest} 的训练图片是 {smallest} 的 {ratio} 倍：{most} 比 {least}。</translation>
    </message>
    <message>
        <source>Every image counts alike.</source>
        <translation>每张图片同等重要。</translation>
    </message>
    <message>
        <source>Every image counts alike; the model may overlook the small classes.</source>
        <translation>每张图片同等重要；模型可能忽略小类别。</translation>
    </message>
    <message>
        <source>With classes as even as these it changes little.</source>
        <translation>类别如此均匀时，作用不大。</translation>
    </message>
    <message>
        <source>Classes without images cannot be helped by it.</source>
        <translation>没有图片的类别无法因此改善。</translation>
    </message>
    <message>
        <source>Every class is drawn equally often; in an epoch an image of {smallest} comes {ratio} times as often as one of {largest}.</source>
        <translation>各类别抽取次数相同；每轮中 {smallest} 的图片出现次数是 {largest} 的 {ratio} 倍。</translation>
    </message>
    <message>
        <source>A mistake on an image of {smallest} counts {ratio} times as much as one on {largest}.</source>
        <translation>{smallest} 图片上的错误权重是 {largest} 的 {ratio} 倍。</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Close this notice</source>
        <translation>关闭此提示</translation>
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
        <source>As each model was made for</source>
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
    <name>BenchmarkTable</name>
    <message>
        <source>{when}, older libraries</source>
        <translation>{when}，旧版库</translation>
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
        <source>Input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Side of the square image, in pixels</source>
        <translation>方形图片的边长（像素）</translation>
    </message>
    <message>
        <source>Computed by</source>
        <translation>运行方式</translation>
    </message>
    <message>
        <source>Library and kind of numbers</source>
        <translation>库与数值类型</translation>
    </message>
    <message>
        <source>One image</source>
        <translation>单张图片</translation>
    </message>
    <message>
        <source>Time for one image at a time: median of the repeats</source>
        <translation>单张图片用时：各次重复的中位数</translation>
    </message>
    <message>
        <source>Half lie between</source>
        <translation>半数位于</translation>
    </message>
    <message>
        <source>Quartiles of the repeats, in ms, and how many repeats there were</source>
        <translation>各次重复的四分位数（毫秒）及重复次数</translation>
    </message>
    <message>
        <source>Images/s</source>
        <translation>图片/秒</translation>
    </message>
    <message>
        <source>In batches of up to 32 images</source>
        <translation>每批最多 32 张图片</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Most memory of a process that answers one image at a time</source>
        <translation>逐张回答的进程的内存峰值</translation>
    </message>
    <message>
        <source>Learning</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Time for one image in training with the preset Balanced</source>
        <translation>使用“均衡”预设时，训练中单张图片用时</translation>
    </message>
    <message>
        <source>Learning, all</source>
        <translation>训练（全部）</translation>
    </message>
    <message>
        <source>Time for one image in training with no stage frozen</source>
        <translation>不冻结任何阶段时，训练中单张图片用时</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>测量时间</translation>
    </message>
    <message>
        <source>When, and whether the libraries have changed since</source>
        <translation>测量时间，以及此后库是否有变化</translation>
    </message>
</context>
<context>
    <name>BenchmarkView</name>
    <message>
        <source>Measuring models</source>
        <translation>正在测量模型</translation>
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
        <source>Check the models you think about. They take turns, so that whatever else this computer does hits them all alike; other programs are best closed.</source>
        <translation>勾选您考虑的模型。它们轮流运行，使本机的其他任务对它们影响相同；最好关闭其他程序。</translation>
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
    <name>BrowserBar</name>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n 张图片</numerusform>
        </translation>
    </message>
    <message>
        <source>Search names</source>
        <translation>搜索文件名</translation>
    </message>
    <message>
        <source>All parts</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Part of the images</source>
        <translation>图片所属部分</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>已排除</translation>
    </message>
    <message>
        <source>All images</source>
        <translation>全部图片</translation>
    </message>
    <message>
        <source>Model disagrees</source>
        <translation>与模型不一致</translation>
    </message>
    <message>
        <source>Model agrees</source>
        <translation>与模型一致</translation>
    </message>
    <message>
        <source>Images in use or left out</source>
        <translation>使用中或已排除的图片</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>按名称</translation>
    </message>
    <message>
        <source>By class</source>
        <translation>按类别</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>最新优先</translation>
    </message>
    <message>
        <source>Largest first</source>
        <translation>最大优先</translation>
    </message>
    <message>
        <source>Smallest first</source>
        <translation>最小优先</translation>
    </message>
    <message>
        <source>Largest files first</source>
        <translation>文件最大优先</translation>
    </message>
    <message>
        <source>Darkest first</source>
        <translation>最暗优先</translation>
    </message>
    <message>
        <source>Brightest first</source>
        <translation>最亮优先</translation>
    </message>
    <message>
        <source>Most blurred first</source>
        <translation>最模糊优先</translation>
    </message>
    <message>
        <source>Sharpest first</source>
        <translation>最清晰优先</translation>
    </message>
    <message>
        <source>Least certain first</source>
        <translation>最不确定优先</translation>
    </message>
    <message>
        <source>Surest errors first</source>
        <translation>最确信的错误优先</translation>
    </message>
    <message>
        <source>Order of the images</source>
        <translation>图片排序</translation>
    </message>
    <message>
        <source>Ask the model</source>
        <translation>让模型判断</translation>
    </message>
    <message>
        <source>{model} judges all images; then sort and filter by its answers</source>
        <translation>由 {model} 判断全部图片，之后可按其结果排序和筛选</translation>
    </message>
    <message>
        <source>Show all images again</source>
        <translation>重新显示全部图片</translation>
    </message>
</context>
<context>
    <name>CameraPanel</name>
    <message>
        <source>Take a picture</source>
        <translation>拍照</translation>
    </message>
    <message>
        <source>Space or Enter takes the next one</source>
        <translation>按空格或回车拍下一张</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Class of the pictures</source>
        <translation>照片的类别</translation>
    </message>
    <message>
        <source>What the camera sees</source>
        <translation>相机画面</translation>
    </message>
    <message>
        <source>The camera does not work: {reason}</source>
        <translation>相机无法使用：{reason}</translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) taken</source>
        <translation>
            <numerusform>已拍 %n 张</numerusform>
        </translation>
    </message>
    <message>
        <source>Pictures are kept in the project, in a folder of the class.</source>
        <translation>照片保存在项目中该类别的文件夹里。</translation>
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
    <name>ClassBalanceModel</name>
    <message>
        <source>{name}: {train} for training, {val} for validation, {test} for the test; {share} of the training</source>
        <translation>{name}：训练 {train}，验证 {val}，测试 {test}；占训练的 {share}</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Seen in training</source>
        <translation>训练中见到</translation>
    </message>
</context>
<context>
    <name>ClassBanner</name>
    <message>
        <source>Every image is given one of the classes the model knows.</source>
        <translation>每张图片都会被归入模型认识的某个类别。</translation>
    </message>
</context>
<context>
    <name>ClassModel</name>
    <message>
        <source>All classes</source>
        <translation>全部类别</translation>
    </message>
    <message>
        <source>{name}: {train} for training, {val} for validation</source>
        <translation>{name}：训练 {train}，验证 {val}</translation>
    </message>
</context>
<context>
    <name>ClassPanel</name>
    <message>
        <source>New class</source>
        <translation>新类别</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>重命名…</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Write another name (F2); the name of another class makes both one</source>
        <translation>输入新名称 (F2)；若与另一类别同名，两者将合并</translation>
    </message>
    <message>
        <source>Then drop images on it</source>
        <translation>然后把图片拖到它上面</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>类别</translation>
    </message>
</context>
<context>
    <name>ClassRanking</name>
    <message>
        <source>Mean of all classes: AUC {area}, average precision {precision}.</source>
        <translation>所有类别的平均：AUC {area}，平均精确率 {precision}。</translation>
    </message>
    <message>
        <source>Each class counts alike. All images together, so that each counts alike: AUC {area}, average precision {precision}.</source>
        <translation>每个类别同等重要。若将所有图片合并、使每张图片同等重要：AUC {area}，平均精确率 {precision}。</translation>
    </message>
    <message>
        <source>Each class against the rest</source>
        <translation>每个类别与其余类别</translation>
    </message>
    <message>
        <source>By the probability of the class alone, whatever the threshold: the answers themselves do not count.</source>
        <translation>只看该类别的概率，与阈值无关：最终答案不计入。</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the table, to paste it into a spreadsheet</source>
        <translation>复制表格，以便粘贴到电子表格</translation>
    </message>
    <message>
        <source>Search a class</source>
        <translation>搜索类别</translation>
    </message>
    <message>
        <source>No class has this in its name.</source>
        <translation>没有名称中包含此内容的类别。</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>类别</translation>
    </message>
</context>
<context>
    <name>CompareButton</name>
    <message>
        <source>Exported model…</source>
        <translation>导出的模型…</translation>
    </message>
    <message>
        <source>Stop comparing</source>
        <translation>停止比较</translation>
    </message>
    <message>
        <source>Compare with…</source>
        <translation>比较…</translation>
    </message>
    <message>
        <source>Show this model alone again</source>
        <translation>恢复为只显示该模型</translation>
    </message>
    <message>
        <source>Ask a second model about the same images</source>
        <translation>让第二个模型也判断同样的图片</translation>
    </message>
</context>
<context>
    <name>CompareDialog</name>
    <message>
        <source>Comparing runs</source>
        <translation>正在比较训练</translation>
    </message>
    <message>
        <source>Compare runs</source>
        <translation>比较训练</translation>
    </message>
    <message>
        <source>Images and settings</source>
        <translation>图片与设置</translation>
    </message>
    <message>
        <source>Settings and curves</source>
        <translation>设置与曲线</translation>
    </message>
    <message>
        <source>First run</source>
        <translation>第一次训练</translation>
    </message>
    <message>
        <source>Second run</source>
        <translation>第二次训练</translation>
    </message>
    <message>
        <source>Images on which they disagree</source>
        <translation>两者看法不同的图片</translation>
    </message>
    <message>
        <source>The true accuracy probably lies in this range (95 %, Wilson)</source>
        <translation>真实准确率很可能在此范围内（95 %，Wilson 区间）</translation>
    </message>
    <message>
        <source>Stopped; open the comparison again to go on.</source>
        <translation>已停止；重新打开比较即可继续。</translation>
    </message>
    <message>
        <source>Both runs judge the same images…</source>
        <translation>两次训练正在判断相同的图片…</translation>
    </message>
</context>
<context>
    <name>Comparer</name>
    <message>
        <source>Comparing two models</source>
        <translation>正在比较两个模型</translation>
    </message>
    <message>
        <source>Compare with an exported model</source>
        <translation>与导出的模型比较</translation>
    </message>
</context>
<context>
    <name>Comparison</name>
    <message>
        <source>same</source>
        <translation>相同</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Best epoch</source>
        <translation>最佳轮次</translation>
    </message>
    <message>
        <source>Training time</source>
        <translation>训练时间</translation>
    </message>
    <message>
        <source>{low} to {high}</source>
        <translation>{low} 到 {high}</translation>
    </message>
    <message>
        <source>{n} images that both have judged</source>
        <translation>两者都判断过的 {n} 张图片</translation>
    </message>
    <message>
        <source>{n} left out: one run has learned from them</source>
        <translation>排除 {n} 张：有一次训练学过它们</translation>
    </message>
    <message>
        <source>{n} left out: one run does not know their class</source>
        <translation>排除 {n} 张：有一次训练不认识其类别</translation>
    </message>
    <message>
        <source>{n} left out: they cannot be read</source>
        <translation>排除 {n} 张：无法读取</translation>
    </message>
    <message>
        <source>{n} given another class in between, which counts for both</source>
        <translation>其中 {n} 张在两次之间改了类别，对两者都按新类别计算</translation>
    </message>
    <message>
        <source>{n} that only one run had among its images</source>
        <translation>其中 {n} 张只有一次训练的图片里有</translation>
    </message>
    <message>
        <source>What images one of them saw is not remembered.</source>
        <translation>没有记录其中一个见过哪些图片。</translation>
    </message>
    <message>
        <source>Both saw the same images.</source>
        <translation>两者见到的图片相同。</translation>
    </message>
    <message>
        <source>{n} added</source>
        <translation>新增 {n}</translation>
    </message>
    <message>
        <source>{n} removed</source>
        <translation>移除 {n}</translation>
    </message>
    <message>
        <source>{n} given another class</source>
        <translation>类别改变 {n}</translation>
    </message>
    <message>
        <source>{n} moved to another part</source>
        <translation>部分改变 {n}</translation>
    </message>
    <message>
        <source>Images between the two: {changes}.</source>
        <translation>两者之间图片的变化：{changes}。</translation>
    </message>
    <message>
        <source>{n} points</source>
        <translation>{n} 个百分点</translation>
    </message>
    <message>
        <source>too few images</source>
        <translation>图片太少</translation>
    </message>
    <message>
        <source>{low} to {high} points</source>
        <translation>{low} 到 {high} 个百分点</translation>
    </message>
    <message>
        <source>No difference</source>
        <translation>没有差别</translation>
    </message>
    <message>
        <source>First is better</source>
        <translation>第一次更好</translation>
    </message>
    <message>
        <source>Second is better</source>
        <translation>第二次更好</translation>
    </message>
    <message>
        <source>May be chance</source>
        <translation>可能是偶然</translation>
    </message>
</context>
<context>
    <name>ComparisonBars</name>
    <message>
        <source>unknown</source>
        <translation>不认识</translation>
    </message>
</context>
<context>
    <name>ComparisonPanel</name>
    <message>
        <source>Where they differ, most first</source>
        <translation>差异（从大到小）</translation>
    </message>
    <message>
        <source>Different answers</source>
        <translation>答案不同的图片</translation>
    </message>
    <message>
        <source>All images</source>
        <translation>所有图片</translation>
    </message>
    <message>
        <source>Which images to list</source>
        <translation>列出哪些图片</translation>
    </message>
    <message>
        <source>Images, the most different first</source>
        <translation>图片，差异最大的在前</translation>
    </message>
    <message>
        <source>Both give the same answer to every image.</source>
        <translation>两个模型对每张图片的答案都相同。</translation>
    </message>
    <message>
        <source>Stop comparing</source>
        <translation>停止比较</translation>
    </message>
</context>
<context>
    <name>ComparisonPictures</name>
    <message>
        <source>What model {side} saw</source>
        <translation>模型 {side} 看到的图片</translation>
    </message>
    <message>
        <source>Looking …</source>
        <translation>正在查看…</translation>
    </message>
    <message>
        <source>Show where they looked</source>
        <translation>显示它们看的位置</translation>
    </message>
    <message>
        <source>Covers one place of the image after the other; takes some seconds</source>
        <translation>逐一遮住图片的各个位置；需要几秒钟</translation>
    </message>
    <message>
        <source>Bright: what the answer of this model depends on.</source>
        <translation>明亮处：该模型的答案所依据的地方。</translation>
    </message>
</context>
<context>
    <name>ComparisonSummary</name>
    <message numerus="yes">
        <source>They agree on {same} of %n image(s)</source>
        <translation>
            <numerusform>%n 张图片中有 {same} 张答案一致</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Right on {first} (A) and {second} (B) of %n image(s) held back from training.</source>
        <translation>
            <numerusform>在未用于训练的 %n 张图片中，答对 {first} 张（A）和 {second} 张（B）。</numerusform>
        </translation>
    </message>
    <message>
        <source>Both are equally fast</source>
        <translation>两者一样快</translation>
    </message>
    <message>
        <source>B answers {times} times as fast</source>
        <translation>B 的速度是 A 的 {times} 倍</translation>
    </message>
    <message>
        <source>A answers {times} times as fast</source>
        <translation>A 的速度是 B 的 {times} 倍</translation>
    </message>
    <message>
        <source>{words}: {first} ms (A) and {second} ms (B) for an image.</source>
        <translation>{words}：每张图片 {first} 毫秒（A）和 {second} 毫秒（B）。</translation>
    </message>
    <message>
        <source>Probabilities differ by up to {most} percentage points, {mean} on average.</source>
        <translation>概率最多相差 {most} 个百分点，平均 {mean} 个。</translation>
    </message>
    <message>
        <source>Median of single images, the models in turns.</source>
        <translation>单张图片的中位数，两个模型轮流测量。</translation>
    </message>
    <message>
        <source>19 of 20 answers take at most {first} ms (A) and {second} ms (B).</source>
        <translation>20 次回答中有 19 次不超过 {first} 毫秒（A）和 {second} 毫秒（B）。</translation>
    </message>
    <message numerus="yes">
        <source>Measured with up to %n thread(s).</source>
        <translation>
            <numerusform>测量时最多使用 %n 个线程。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConfidenceView</name>
    <message>
        <source>Working it out …</source>
        <translation>正在计算…</translation>
    </message>
    <message>
        <source>These would get &quot;none of these&quot;</source>
        <translation>这些会被判为“以上都不是”</translation>
    </message>
    <message>
        <source>The least certain first.</source>
        <translation>最没有把握的在前。</translation>
    </message>
    <message>
        <source>Confidence {low} to {high}: {accuracy} right</source>
        <translation>置信度 {low} 至 {high}：{accuracy} 正确</translation>
    </message>
    <message>
        <source>Errors first, the surest of them at the beginning.</source>
        <translation>错误在前，其中最有把握的排在最前。</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>置信度</translation>
    </message>
    <message>
        <source>It says {confidence} on average, and is right in {accuracy} of cases: {judged}</source>
        <translation>它平均给出 {confidence} 的把握，实际答对 {accuracy}：{judged}</translation>
    </message>
    <message>
        <source>Calibration error (ECE)</source>
        <translation>校准误差（ECE）</translation>
    </message>
    <message>
        <source>How far confidence and accuracy are apart on average. Its 95 % interval reaches down to 0 where a perfect model would show as much by chance.</source>
        <translation>置信度与准确率平均相差多少。如果完美的模型也会偶然出现这么大的误差，则其 95 % 区间下限为 0。</translation>
    </message>
    <message>
        <source>{low} to {high}</source>
        <translation>{low} 到 {high}</translation>
    </message>
    <message>
        <source>Brier score</source>
        <translation>Brier 分数</translation>
    </message>
    <message>
        <source>Punishes being wrong and being sure of it; 0 is perfect, 2 the worst</source>
        <translation>答错且很有把握时惩罚更大；0 最好，2 最差</translation>
    </message>
    <message>
        <source>0 is perfect</source>
        <translation>0 为最佳</translation>
    </message>
    <message>
        <source>Its probabilities were adjusted on the validation images (temperature {temperature}); the calibration error was {error} before.</source>
        <translation>其概率已用验证图片调整（温度 {temperature}）；调整前的校准误差为 {error}。</translation>
    </message>
    <message>
        <source>the difference may be chance.</source>
        <translation>差别可能是偶然。</translation>
    </message>
    <message>
        <source>on the whole as sure as it should be.</source>
        <translation>总体上把握恰当。</translation>
    </message>
    <message>
        <source>too sure.</source>
        <translation>过于自信。</translation>
    </message>
    <message>
        <source>not sure enough.</source>
        <translation>过于保守。</translation>
    </message>
</context>
<context>
    <name>DataImages</name>
    <message>
        <source>From the map</source>
        <translation>来自地图</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>地图</translation>
    </message>
    <message>
        <source>Findings · {n}</source>
        <translation>问题 · {n}</translation>
    </message>
    <message>
        <source>Balance</source>
        <translation>平衡</translation>
    </message>
    <message>
        <source>Left out · {n}</source>
        <translation>未采用 · {n}</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
</context>
<context>
    <name>DataPage</name>
    <message>
        <source>Choose a folder of images</source>
        <translation>选择图片文件夹</translation>
    </message>
    <message>
        <source>Trained models stay. For a separate project use Project → New project.</source>
        <translation>已训练的模型会保留。如需单独的项目，请使用“项目 → 新建项目”。</translation>
    </message>
    <message>
        <source>One sub-folder for each kind is best; train and val folders, a CSV file with labels, or a ZIP file do too.
The images stay where they are and are never changed.</source>
        <translation>最好每一类一个子文件夹；也可以是 train 和 val 文件夹、带标签的 CSV 文件或 ZIP 文件。
图片保留在原处，绝不会被更改。</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n 张图片</numerusform>
        </translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Add the images of {name}, or use them instead of the present ones?</source>
        <translation>添加 {name} 的图片，还是用它们替换现有图片？</translation>
    </message>
    <message>
        <source>Add images…</source>
        <translation>添加图片…</translation>
    </message>
    <message>
        <source>Camera…</source>
        <translation>相机…</translation>
    </message>
    <message>
        <source>Look for changes</source>
        <translation>检查更改</translation>
    </message>
    <message>
        <source>Reads the folder again: new, changed and deleted files. Your edits stay.</source>
        <translation>重新读取文件夹：新增、更改和删除的文件。您的修改会保留。</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>选择文件夹…</translation>
    </message>
    <message>
        <source>Replace the images</source>
        <translation>替换图片</translation>
    </message>
    <message>
        <source>Add them</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Drop a folder of images here</source>
        <translation>将图片文件夹拖到这里</translation>
    </message>
    <message numerus="yes">
        <source>%n folder(s)</source>
        <translation>
            <numerusform>%n 个文件夹</numerusform>
        </translation>
    </message>
    <message>
        <source>The images to learn from, sorted by kind.</source>
        <translation>用于学习的图片，按类别整理。</translation>
    </message>
    <message numerus="yes">
        <source>%n class(es)</source>
        <translation>
            <numerusform>%n 个类别</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DatasetJudge</name>
    <message>
        <source>Judging all images</source>
        <translation>正在判断全部图片</translation>
    </message>
</context>
<context>
    <name>DeletedRunsDialog</name>
    <message>
        <source>The project is open elsewhere; here it can only be looked at.</source>
        <translation>此项目已在别处打开，这里只能查看。</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Deleted</source>
        <translation>删除时间</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>They can be put back until they are deleted for good. Runs: {count}, {size} in all.</source>
        <translation>在彻底删除之前都可以放回。训练 {count} 次，共 {size}。</translation>
    </message>
    <message>
        <source>Delete {run} for good?</source>
        <translation>彻底删除 {run}？</translation>
    </message>
    <message>
        <source>Delete all {count} runs for good?</source>
        <translation>彻底删除全部 {count} 次训练？</translation>
    </message>
    <message>
        <source>Nothing can bring this back afterwards.</source>
        <translation>删除后无法恢复。</translation>
    </message>
    <message>
        <source>Deleted runs</source>
        <translation>已删除的训练</translation>
    </message>
    <message>
        <source>There are no deleted runs</source>
        <translation>没有已删除的训练</translation>
    </message>
    <message>
        <source>A run that you delete waits here, so that you can change your mind.</source>
        <translation>您删除的训练会留在这里，以便您改变主意。</translation>
    </message>
    <message>
        <source>Empty</source>
        <translation>清空</translation>
    </message>
    <message>
        <source>Delete all of them for good</source>
        <translation>全部彻底删除</translation>
    </message>
    <message>
        <source>Delete for good</source>
        <translation>彻底删除</translation>
    </message>
    <message>
        <source>Put back</source>
        <translation>放回</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
</context>
<context>
    <name>DifferencesModel</name>
    <message>
        <source>Change</source>
        <translation>更改</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Then</source>
        <translation>当时</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>Removed</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Other class</source>
        <translation>类别改变</translation>
    </message>
    <message>
        <source>Other part</source>
        <translation>部分改变</translation>
    </message>
</context>
<context>
    <name>DisagreementsView</name>
    <message>
        <source>Which disagreements</source>
        <translation>哪些分歧</translation>
    </message>
    <message>
        <source>Images on which they disagree</source>
        <translation>两者看法不同的图片</translation>
    </message>
    <message>
        <source>What the first run says, then what the second says</source>
        <translation>先是第一次训练的答案，然后是第二次的答案</translation>
    </message>
    <message>
        <source>No comparison yet.</source>
        <translation>尚无比较结果。</translation>
    </message>
    <message>
        <source>There are no images of this kind.</source>
        <translation>没有这样的图片。</translation>
    </message>
    <message>
        <source>Both runs give the same answer for every image.</source>
        <translation>两次训练对每张图片的回答都相同。</translation>
    </message>
    <message>
        <source>All ({n})</source>
        <translation>全部（{n}）</translation>
    </message>
    <message>
        <source>Only the first is right ({n})</source>
        <translation>只有第一个对（{n}）</translation>
    </message>
    <message>
        <source>Only the second is right ({n})</source>
        <translation>只有第二个对（{n}）</translation>
    </message>
    <message>
        <source>Both are wrong ({n})</source>
        <translation>两者都错（{n}）</translation>
    </message>
</context>
<context>
    <name>DoctorDialog</name>
    <message>
        <source>Doctor</source>
        <translation>系统诊断</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>What this computer offers</source>
        <translation>这台电脑的配置</translation>
    </message>
    <message>
        <source>Looking around…</source>
        <translation>正在检查…</translation>
    </message>
    <message>
        <source>Everything stays on this computer; only weights are ever downloaded.</source>
        <translation>所有数据都留在这台电脑上；唯一会下载的是权重。</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>复制报告</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>EditLog</name>
    <message>
        <source>taken back · {moment}</source>
        <translation>已撤销 · {moment}</translation>
    </message>
    <message>
        <source>{n} earlier changes</source>
        <translation>更早的 {n} 项更改</translation>
    </message>
</context>
<context>
    <name>ErrorPanel</name>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>复制报告</translation>
    </message>
</context>
<context>
    <name>ExampleStrip</name>
    <message>
        <source>{right} of {count} right after epoch {epoch}</source>
        <translation>第 {epoch} 轮后 {count} 张中答对 {right} 张</translation>
    </message>
    <message>
        <source>What it takes some validation images for</source>
        <translation>模型对部分验证图片的判断</translation>
    </message>
</context>
<context>
    <name>FigureRows</name>
    <message>
        <source>too few images</source>
        <translation>图片太少</translation>
    </message>
    <message>
        <source>{low} to {high}</source>
        <translation>{low} 到 {high}</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>95 % interval</source>
        <translation>95 % 区间</translation>
    </message>
    <message>
        <source>With other images of the same kind the figure would probably lie in this range. The fewer images, the wider it is.</source>
        <translation>换成其他同类图片，该指标很可能落在此范围内。图片越少，范围越宽。</translation>
    </message>
</context>
<context>
    <name>FiguresTab</name>
    <message>
        <source>Errors in {true}</source>
        <translation>{true} 中的错误</translation>
    </message>
    <message>
        <source>{true}, recognised</source>
        <translation>{true}，识别正确</translation>
    </message>
    <message>
        <source>{true}, taken for {answer}</source>
        <translation>{true}，被认成 {answer}</translation>
    </message>
    <message>
        <source>Worst first: the true class, and below it the answer.</source>
        <translation>最差的在前：上为真实类别，下为回答。</translation>
    </message>
    <message>
        <source>{answer}, recognised: to compare</source>
        <translation>{answer}，识别正确：供对比</translation>
    </message>
    <message>
        <source>All errors</source>
        <translation>全部错误</translation>
    </message>
    <message>
        <source>Images with the largest loss</source>
        <translation>损失最大的图片</translation>
    </message>
    <message>
        <source>Images whose class is not among the five likeliest</source>
        <translation>真实类别不在最可能的五个之内的图片</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Matrix</source>
        <translation>矩阵</translation>
    </message>
    <message>
        <source>Confusion matrix</source>
        <translation>混淆矩阵</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Mix-ups</source>
        <translation>混淆</translation>
    </message>
    <message>
        <source>Overall</source>
        <translation>总体</translation>
    </message>
    <message>
        <source>Views of the result</source>
        <translation>结果视图</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the table, to paste it into a spreadsheet</source>
        <translation>复制表格，以便粘贴到电子表格</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>Share of the images that were recognised</source>
        <translation>被正确识别的图片比例</translation>
    </message>
    <message>
        <source>{low} to {high}</source>
        <translation>{low} 到 {high}</translation>
    </message>
    <message>
        <source>Balanced accuracy</source>
        <translation>平衡准确率</translation>
    </message>
    <message>
        <source>Mean over the classes, so that small classes count as much as large ones</source>
        <translation>各类别的平均值，小类别与大类别同等重要</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) could not be read</source>
        <translation>
            <numerusform>%n 张图片无法读取</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n error(s)</source>
        <translation>
            <numerusform>%n 个错误</numerusform>
        </translation>
    </message>
    <message>
        <source>Images checked</source>
        <translation>已检查的图片</translation>
    </message>
</context>
<context>
    <name>FileImagesDialog</name>
    <message>
        <source>Filing images by class</source>
        <translation>正在按类别归类图片</translation>
    </message>
    <message>
        <source>Choose a folder first</source>
        <translation>请先选择文件夹</translation>
    </message>
    <message>
        <source>One folder for each class</source>
        <translation>每个类别一个文件夹</translation>
    </message>
    <message>
        <source>Images are never moved or changed.</source>
        <translation>图片绝不会被移动或更改。</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message numerus="yes">
        <source>File %n image(s)</source>
        <translation>
            <numerusform>归类 %n 张图片</numerusform>
        </translation>
    </message>
    <message>
        <source>Show folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Images filed, which stay where they are: {count}.</source>
        <translation>已归类并保留的图片：{count}。</translation>
    </message>
    <message>
        <source>Stopped. {filed} Start again to file the rest; nothing comes twice.</source>
        <translation>已停止。{filed}重新开始即可归类其余图片；不会重复。</translation>
    </message>
    <message>
        <source>Left out because they have no file: {count}.</source>
        <translation>因没有文件而略过：{count}。</translation>
    </message>
    <message>
        <source>Left out because they could not be read: {count}.</source>
        <translation>因无法读取而略过：{count}。</translation>
    </message>
</context>
<context>
    <name>FilingForm</name>
    <message>
        <source>Less certain, and so in the folder “{name}”: {count} of {total}</source>
        <translation>置信度不足、放入文件夹“{name}”的图片：{count} / {total}</translation>
    </message>
    <message>
        <source>Every image comes into the folder of its likeliest class.</source>
        <translation>每张图片都放入其最可能类别的文件夹。</translation>
    </message>
    <message>
        <source>Make the folders in</source>
        <translation>在此处创建文件夹</translation>
    </message>
    <message>
        <source>No folder chosen yet</source>
        <translation>尚未选择文件夹</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>选择文件夹</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Needs as much room as the images; the copies stand by themselves.</source>
        <translation>占用与图片同样大的空间；副本独立存在。</translation>
    </message>
    <message>
        <source>Hard link</source>
        <translation>硬链接</translation>
    </message>
    <message>
        <source>Needs no room: the same file under a second name, on the same drive.</source>
        <translation>不占空间：同一文件的另一个名称，须在同一磁盘上。</translation>
    </message>
    <message>
        <source>Symbolic link</source>
        <translation>符号链接</translation>
    </message>
    <message>
        <source>Needs no room: points to the image, and leads nowhere once that is gone.</source>
        <translation>不占空间：指向图片；图片移走后链接即失效。</translation>
    </message>
    <message>
        <source>Least confidence</source>
        <translation>最低置信度</translation>
    </message>
    <message>
        <source>Answers below it go into a folder of their own</source>
        <translation>低于该值的图片放入单独的文件夹</translation>
    </message>
</context>
<context>
    <name>FindRateDialog</name>
    <message>
        <source>Finding a learning rate</source>
        <translation>正在寻找学习率</translation>
    </message>
    <message>
        <source>Find a learning rate</source>
        <translation>寻找学习率</translation>
    </message>
    <message>
        <source>{what}. A copy that is thrown away trains for a few steps while the rate rises; where its loss falls fastest is a good rate.</source>
        <translation>{what}。用一个随后丢弃的副本训练若干步，学习率逐步升高；损失下降最快处就是合适的学习率。</translation>
    </message>
    <message>
        <source>Loss at each learning rate, smoothed</source>
        <translation>各学习率下的损失（已平滑）</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Use this rate</source>
        <translation>使用此学习率</translation>
    </message>
    <message>
        <source>Trying one rate after the other…</source>
        <translation>正在逐一试验学习率…</translation>
    </message>
    <message>
        <source>Getting ready…</source>
        <translation>正在准备…</translation>
    </message>
    <message>
        <source>Proposed learning rate: {rate}</source>
        <translation>推荐的学习率：{rate}</translation>
    </message>
    <message>
        <source>At this rate the loss fell fastest.</source>
        <translation>在此学习率下，损失下降最快。</translation>
    </message>
    <message>
        <source>Stopped before all rates were tried.</source>
        <translation>在试完所有学习率之前已停止。</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>The curve appears here once all rates were tried.</source>
        <translation>试完所有学习率后，曲线会显示在这里。</translation>
    </message>
</context>
<context>
    <name>FindingHead</name>
    <message>
        <source>Show in browser</source>
        <translation>在浏览器中显示</translation>
    </message>
    <message>
        <source>Shows these images on the first tab, to filter and sort</source>
        <translation>在第一个标签页中显示这些图片，可筛选和排序</translation>
    </message>
    <message>
        <source>This is fine</source>
        <translation>没有问题</translation>
    </message>
    <message>
        <source>Sets the finding aside; nothing is changed</source>
        <translation>搁置此问题；不做任何更改</translation>
    </message>
    <message>
        <source>Selected groups:</source>
        <translation>所选的组：</translation>
    </message>
</context>
<context>
    <name>FindingMenu</name>
    <message numerus="yes">
        <source>Leave out (%n)</source>
        <translation>
            <numerusform>排除（%n 张）</numerusform>
        </translation>
    </message>
    <message>
        <source>Move to</source>
        <translation>移到</translation>
    </message>
    <message>
        <source>Show large</source>
        <translation>放大显示</translation>
    </message>
    <message>
        <source>Show in browser</source>
        <translation>在浏览器中显示</translation>
    </message>
    <message>
        <source>Keep this one, leave the others of its group out</source>
        <translation>保留这张，排除同组的其他图片</translation>
    </message>
    <message>
        <source>Keep these, leave the others of their groups out</source>
        <translation>保留这些，排除同组的其他图片</translation>
    </message>
    <message>
        <source>{remedy} in this group</source>
        <translation>{remedy}（仅此组）</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>{n} more: below the images</source>
        <translation>还有 {n} 项：在图片下方</translation>
    </message>
</context>
<context>
    <name>Findings</name>
    <message>
        <source>Leave them out</source>
        <translation>排除它们</translation>
    </message>
    <message>
        <source>Keep one of each</source>
        <translation>每组保留一张</translation>
    </message>
    <message>
        <source>See what is wrong with each</source>
        <translation>查看每个文件的问题</translation>
    </message>
    <message>
        <source>Decide which class is right</source>
        <translation>确定哪个类别正确</translation>
    </message>
    <message>
        <source>Put them on one side</source>
        <translation>放到同一部分</translation>
    </message>
    <message>
        <source>Add images</source>
        <translation>添加图片</translation>
    </message>
    <message>
        <source>See what is said about each</source>
        <translation>查看每一项的说明</translation>
    </message>
    <message>
        <source>A few of each are enough</source>
        <translation>每组留几张就够</translation>
    </message>
    <message>
        <source>Add images, or balance in training</source>
        <translation>添加图片，或在训练中平衡</translation>
    </message>
    <message>
        <source>Leave them out, or most of them</source>
        <translation>排除它们，或排除大部分</translation>
    </message>
    <message>
        <source>Look for larger ones</source>
        <translation>找更大的图片</translation>
    </message>
    <message>
        <source>Nothing has to be done</source>
        <translation>无需处理</translation>
    </message>
    <message>
        <source>See whether the middle shows the thing</source>
        <translation>看看中间是否拍到了主体</translation>
    </message>
    <message>
        <source>See whether they are of one class</source>
        <translation>看看它们是否属于同一类别</translation>
    </message>
    <message>
        <source>Use the commoner class</source>
        <translation>采用较多的类别</translation>
    </message>
    <message>
        <source>Use the commoner class (changes {n}, leaves {out} out)</source>
        <translation>采用较多的类别（更改 {n} 张，排除 {out} 张）</translation>
    </message>
    <message>
        <source>Leave them out ({out})</source>
        <translation>排除它们（{out} 张）</translation>
    </message>
    <message>
        <source>Keep one of each (leaves {out} out)</source>
        <translation>每组保留一张（排除 {out} 张）</translation>
    </message>
    <message>
        <source>Put them on one side (moves {n})</source>
        <translation>放到同一部分（移动 {n} 张）</translation>
    </message>
    <message>
        <source>Use the commoner class (changes {n})</source>
        <translation>采用较多的类别（更改 {n} 张）</translation>
    </message>
    <message>
        <source>Serious</source>
        <translation>严重</translation>
    </message>
    <message>
        <source>Caution</source>
        <translation>注意</translation>
    </message>
    <message>
        <source>Hint</source>
        <translation>提示</translation>
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
        <source>test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>All {name}</source>
        <translation>全部{name}</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>排除</translation>
    </message>
    <message>
        <source>Keep one</source>
        <translation>保留一张</translation>
    </message>
    <message>
        <source>Put on one side</source>
        <translation>放到同一部分</translation>
    </message>
    <message>
        <source>group {n} of {all}</source>
        <translation>第 {n} 组，共 {all} 组</translation>
    </message>
    <message>
        <source>stays when one of each is kept</source>
        <translation>每组保留一张时保留</translation>
    </message>
</context>
<context>
    <name>FindingsView</name>
    <message>
        <source>Set aside: {n} · show again</source>
        <translation>已搁置 {n} 项 · 重新显示</translation>
    </message>
    <message>
        <source>Nothing to mend</source>
        <translation>没有需要修正的问题</translation>
    </message>
    <message>
        <source>All that was found has been set aside.</source>
        <translation>发现的问题都已搁置。</translation>
    </message>
    <message>
        <source>No copies, leaks, unreadable or odd images were found.</source>
        <translation>没有发现重复、泄漏、无法读取或异常的图片。</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Images of the finding</source>
        <translation>与该问题有关的图片</translation>
    </message>
</context>
<context>
    <name>FolderTable</name>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Images in each folder</source>
        <translation>各文件夹中的图片数</translation>
    </message>
</context>
<context>
    <name>GainsTable</name>
    <message>
        <source>Figure</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>First run</source>
        <translation>第一次训练</translation>
    </message>
    <message>
        <source>Second run</source>
        <translation>第二次训练</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差值</translation>
    </message>
    <message>
        <source>Second run less first run</source>
        <translation>第二次减去第一次</translation>
    </message>
    <message>
        <source>95 % interval</source>
        <translation>95 % 区间</translation>
    </message>
    <message>
        <source>The true difference probably lies in this range; where it holds 0 there may be none. Both runs are compared on the same resampled images.</source>
        <translation>真实差值很可能在此范围内；若范围包含 0，则可能没有差别。两次训练在相同的重抽样图片上比较。</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>结论</translation>
    </message>
    <message>
        <source>Figures of both runs</source>
        <translation>两次训练的指标</translation>
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
        <source>Times come from what was measured on this computer. Accuracy is that on ImageNet; on your images the order may differ.</source>
        <translation>用时来自本机测量。准确率为 ImageNet 上的结果；在您的图片上排序可能不同。</translation>
    </message>
</context>
<context>
    <name>HealthRow</name>
    <message>
        <source>Can it be trusted?</source>
        <translation>可信吗？</translation>
    </message>
    <message>
        <source>Checking …</source>
        <translation>正在检查…</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Removes what the map marks, and tries random weights; takes some seconds</source>
        <translation>去掉热力图标出的地方，并尝试随机权重；需要几秒钟</translation>
    </message>
    <message>
        <source>Check whether the map can be trusted</source>
        <translation>检查热力图是否可信</translation>
    </message>
    <message>
        <source>Passed</source>
        <translation>通过</translation>
    </message>
    <message>
        <source>Not passed</source>
        <translation>未通过</translation>
    </message>
    <message>
        <source>Answer left on average while the marked places are removed: {deletion} %, while they are put back: {insertion} %, in random order: {random} %. Likeness with random weights: {likeness}.</source>
        <translation>逐步去掉标出的地方时回答的平均概率：{deletion} %；逐步放回时：{insertion} %；随机顺序：{random} %。与随机权重热力图的相似度：{likeness}。</translation>
    </message>
</context>
<context>
    <name>HistoryView</name>
    <message>
        <source>Changes</source>
        <translation>更改</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Nothing was changed yet. Classes, parts and images left out can be changed on the other tabs; every change can be taken back here.</source>
        <translation>尚无更改。可在其他标签页中更改类别、所属部分和排除的图片；每项更改都可以在这里撤销。</translation>
    </message>
</context>
<context>
    <name>ImageBrowser</name>
    <message>
        <source>Images</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>No image is like that</source>
        <translation>没有符合条件的图片</translation>
    </message>
    <message>
        <source>Nothing matches the search and the filters above.</source>
        <translation>没有图片符合上面的搜索和筛选条件。</translation>
    </message>
    <message>
        <source>Show all images</source>
        <translation>显示全部图片</translation>
    </message>
</context>
<context>
    <name>ImageJudge</name>
    <message>
        <source>Looking at the images</source>
        <translation>正在查看图片</translation>
    </message>
</context>
<context>
    <name>ImageMap</name>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>All images</source>
        <translation>全部图片</translation>
    </message>
    <message>
        <source>Colour by class</source>
        <translation>按类别着色</translation>
    </message>
    <message>
        <source>Colour by part</source>
        <translation>按部分着色</translation>
    </message>
    <message>
        <source>Lasso</source>
        <translation>套索</translation>
    </message>
    <message>
        <source>Draw a line around points (or hold Shift); Ctrl adds to the selection</source>
        <translation>在点的周围画一圈（或按住 Shift）；按住 Ctrl 可追加到所选</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Show all points</source>
        <translation>显示所有点</translation>
    </message>
    <message>
        <source>Make the map again</source>
        <translation>重新生成图片地图</translation>
    </message>
    <message>
        <source>Map of {n} images; similar ones are close together</source>
        <translation>{n} 张图片的地图；相似的图片彼此靠近</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Back to the map</source>
        <translation>返回地图</translation>
    </message>
    <message>
        <source>All images at one glance</source>
        <translation>一览全部图片</translation>
    </message>
    <message>
        <source>The map puts images that are alike beside each other, so that odd ones and wrong labels stand out.</source>
        <translation>地图把相似的图片放在一起，异常的图片和错误的标签一目了然。</translation>
    </message>
    <message>
        <source>Make the map</source>
        <translation>生成地图</translation>
    </message>
</context>
<context>
    <name>ImageSheet</name>
    <message>
        <source>No images here.</source>
        <translation>这里没有图片。</translation>
    </message>
    <message>
        <source>It is: {name}</source>
        <translation>它是：{name}</translation>
    </message>
    <message>
        <source>The model is right</source>
        <translation>模型是对的</translation>
    </message>
    <message>
        <source>All errors</source>
        <translation>全部错误</translation>
    </message>
    <message>
        <source>Maps</source>
        <translation>关注图</translation>
    </message>
    <message>
        <source>Show in each image where the model looked</source>
        <translation>在每张图片中显示模型关注的位置</translation>
    </message>
    <message>
        <source>Give the selected images the class that the model sees in them</source>
        <translation>将所选图片归入模型所认为的类别</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>图片</translation>
    </message>
</context>
<context>
    <name>ImageViewer</name>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>部分</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>已排除</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>修改时间</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>相机</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>拍摄时间</translation>
    </message>
    <message>
        <source>Copies</source>
        <translation>副本</translation>
    </message>
    <message>
        <source>Brightness</source>
        <translation>亮度</translation>
    </message>
    <message>
        <source>All images</source>
        <translation>全部图片</translation>
    </message>
    <message>
        <source>Previous image</source>
        <translation>上一张</translation>
    </message>
    <message>
        <source>Next image</source>
        <translation>下一张</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Whole image</source>
        <translation>整张图片</translation>
    </message>
    <message>
        <source>{n} of {total}</source>
        <translation>第 {n} 张，共 {total} 张</translation>
    </message>
</context>
<context>
    <name>ImportProgress</name>
    <message numerus="yes">
        <source>%n file(s) cannot be used</source>
        <translation>
            <numerusform>%n 个文件无法使用</numerusform>
        </translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
</context>
<context>
    <name>JobRow</name>
    <message>
        <source>Finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Finished · {accuracy} right</source>
        <translation>已完成 · 准确率 {accuracy}</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>LabelNext</name>
    <message>
        <source>Folder of images without labels</source>
        <translation>没有标签的图片文件夹</translation>
    </message>
    <message>
        <source>Choosing images to label</source>
        <translation>正在挑选待标注的图片</translation>
    </message>
</context>
<context>
    <name>LearningBoard</name>
    <message>
        <source>All images: accuracy</source>
        <translation>全部图片：准确率</translation>
    </message>
    <message>
        <source>{name}: recall</source>
        <translation>{name}：召回率</translation>
    </message>
    <message>
        <source>measured</source>
        <translation>实测</translation>
    </message>
    <message>
        <source>expected</source>
        <translation>预计</translation>
    </message>
    <message>
        <source>at least</source>
        <translation>至少</translation>
    </message>
    <message>
        <source>at most</source>
        <translation>至多</translation>
    </message>
    <message>
        <source>training images</source>
        <translation>训练图片</translation>
    </message>
    <message>
        <source>There are no validation images of this class.</source>
        <translation>该类别没有验证图片。</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>All images</source>
        <translation>全部图片</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the table, to paste it into a spreadsheet</source>
        <translation>复制表格，以便粘贴到电子表格</translation>
    </message>
    <message>
        <source>Tried with {model} as the preset Instant trains it, with 25, 50, 75 and 100 % of the {train} training images, and checked on {val} validation images. Test images were not used. More images are meant for each class alike.</source>
        <translation>用 {model} 按“即时”预设的方式训练，分别使用 {train} 张训练图片的 25、50、75 和 100 %，并在 {val} 张验证图片上检查。未使用测试图片。增加图片是指每个类别同样增加。</translation>
    </message>
</context>
<context>
    <name>LearningKeeper</name>
    <message>
        <source>Finding out whether more images would help</source>
        <translation>正在判断更多图片是否有帮助</translation>
    </message>
</context>
<context>
    <name>LearningTable</name>
    <message numerus="yes">
        <source>Too few validation images of this class to tell: %n</source>
        <translation>
            <numerusform>该类别的验证图片太少，无法判断：%n 张</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>On %n validation image(s)</source>
        <translation>
            <numerusform>基于 %n 张验证图片</numerusform>
        </translation>
    </message>
    <message>
        <source>Between {low} and {high} more right answers in 100</source>
        <translation>每 100 张中多答对 {low} 到 {high} 张</translation>
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
        <source>Images</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Training images of this class</source>
        <translation>该类别的训练图片</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>召回率</translation>
    </message>
    <message>
        <source>Of the validation images of this class, how many are recognised now</source>
        <translation>该类别的验证图片中，目前识别正确的比例</translation>
    </message>
    <message>
        <source>With {count} more</source>
        <translation>再加 {count} 张</translation>
    </message>
    <message>
        <source>The same with more training images of each class, and between which two it would be in 95 of 100 trainings</source>
        <translation>每个类别增加训练图片后的召回率，以及 100 次训练中有 95 次会落入的范围</translation>
    </message>
    <message>
        <source>Gain</source>
        <translation>提升</translation>
    </message>
    <message>
        <source>More right answers in 100</source>
        <translation>每 100 张中多答对的张数</translation>
    </message>
</context>
<context>
    <name>LivePanel</name>
    <message>
        <source>Show where the model looks</source>
        <translation>显示模型关注的位置</translation>
    </message>
    <message>
        <source>A heat map (Grad-CAM) of each picture that is answered; answers take longer</source>
        <translation>为每张识别的画面显示热力图（Grad-CAM）；识别会变慢</translation>
    </message>
    <message>
        <source>An exported file gives answers only</source>
        <translation>导出的文件只能给出答案</translation>
    </message>
    <message>
        <source>Steady answers</source>
        <translation>平稳的答案</translation>
    </message>
    <message>
        <source>A moving average over the last answers</source>
        <translation>最近几次答案的滑动平均</translation>
    </message>
    <message>
        <source>Keep this picture</source>
        <translation>保留这张图片</translation>
    </message>
    <message>
        <source>Put it into the list; Space keeps the next one</source>
        <translation>放入列表；按空格键保留下一张</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>What the camera sees</source>
        <translation>相机画面</translation>
    </message>
    <message>
        <source>{rate} answers/s</source>
        <translation>{rate} 次识别/秒</translation>
    </message>
    <message>
        <source>The first answer is on its way…</source>
        <translation>正在等待第一次识别…</translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) kept in the list</source>
        <translation>
            <numerusform>已有 %n 张图片放入列表</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing is recorded. Pictures you keep go into the list of images.</source>
        <translation>不会录制任何内容。您保留的图片会放入图片列表。</translation>
    </message>
    <message>
        <source>The camera does not work</source>
        <translation>相机无法使用</translation>
    </message>
    <message>
        <source>The camera is starting…</source>
        <translation>相机正在启动…</translation>
    </message>
    <message>
        <source>The system asks some programs for permission first.</source>
        <translation>有些系统会先请求您的许可。</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Open a project folder (NAME.effnet)</source>
        <translation>打开项目文件夹（名称.effnet）</translation>
    </message>
    <message>
        <source>Choose a folder of images</source>
        <translation>选择图片文件夹</translation>
    </message>
    <message>
        <source>Stop and close</source>
        <translation>停止并关闭</translation>
    </message>
    <message>
        <source>Keep running</source>
        <translation>继续运行</translation>
    </message>
    <message>
        <source>You can look at everything here; changes are made in the other window.</source>
        <translation>这里可以查看所有内容；修改请在另一个窗口中进行。</translation>
    </message>
    <message>
        <source>Dropped image</source>
        <translation>拖入的图片</translation>
    </message>
    <message>
        <source>Still at work: {names}.</source>
        <translation>仍在运行：{names}。</translation>
    </message>
    <message>
        <source>Closing stops it. What is finished stays; a training keeps its best model.</source>
        <translation>关闭将停止它。已完成的内容会保留；训练会保留当前最佳模型。</translation>
    </message>
    <message>
        <source>Stopping, then closing…</source>
        <translation>正在停止，随后关闭…</translation>
    </message>
</context>
<context>
    <name>MapFoot</name>
    <message numerus="yes">
        <source>%n image(s) are not on the map yet: make it again.</source>
        <translation>
            <numerusform>还有 %n 张图片不在地图上：请重新生成。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>已选 %n 张</numerusform>
        </translation>
    </message>
    <message>
        <source>Clear selection</source>
        <translation>清除所选</translation>
    </message>
    <message>
        <source>Show these images</source>
        <translation>显示这些图片</translation>
    </message>
</context>
<context>
    <name>MapKey</name>
    <message>
        <source>Meaning of the colours</source>
        <translation>颜色的含义</translation>
    </message>
    <message>
        <source>Select all {n}</source>
        <translation>全选 {n} 张</translation>
    </message>
</context>
<context>
    <name>MapMaker</name>
    <message>
        <source>Making the map</source>
        <translation>正在生成地图</translation>
    </message>
</context>
<context>
    <name>NeighbourFinder</name>
    <message>
        <source>Looking at the training images</source>
        <translation>正在查看训练图片</translation>
    </message>
</context>
<context>
    <name>NeighbourStrip</name>
    <message>
        <source>The model is looking at the training images …</source>
        <translation>模型正在查看训练图片…</translation>
    </message>
    <message>
        <source>Most like these training images</source>
        <translation>与这些训练图片最相似</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>The model looks at all training images once</source>
        <translation>模型会把所有训练图片看一遍</translation>
    </message>
    <message>
        <source>Compare with the training images</source>
        <translation>与训练图片比较</translation>
    </message>
</context>
<context>
    <name>NetworkFields</name>
    <message>
        <source>http://host:port, or direct for none. A name and password in it are kept as plain text.</source>
        <translation>http://主机:端口，或填 direct 表示不用代理。其中的用户名和密码以明文保存。</translation>
    </message>
    <message>
        <source>Address of a folder with the weights files, such as one on your own server.</source>
        <translation>存放权重文件的文件夹地址，例如您自己的服务器。</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>代理</translation>
    </message>
    <message>
        <source>Mirror</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>Proxy for downloads</source>
        <translation>下载代理</translation>
    </message>
    <message>
        <source>Mirror of the weights</source>
        <translation>权重的镜像</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Where the libraries publish them</source>
        <translation>库的发布地址</translation>
    </message>
    <message>
        <source>As {variable} says</source>
        <translation>按 {variable} 的设置</translation>
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
    <name>PicturePair</name>
    <message>
        <source>Image with heat map</source>
        <translation>带热力图的图片</translation>
    </message>
    <message>
        <source>Image without heat map</source>
        <translation>不带热力图的图片</translation>
    </message>
</context>
<context>
    <name>PreparedDialog</name>
    <message>
        <source>Preparing images</source>
        <translation>正在预处理图片</translation>
    </message>
    <message>
        <source>Deleting prepared images</source>
        <translation>正在删除预处理图片</translation>
    </message>
    <message>
        <source>Prepared images</source>
        <translation>预处理图片</translation>
    </message>
    <message>
        <source>Training reads small copies that are made once. They lie in the project and may be deleted at any time; your images are never touched.</source>
        <translation>训练读取一次性生成的小副本。它们保存在项目中，可随时删除；您的图片绝不会被改动。</translation>
    </message>
    <message>
        <source>For a training of</source>
        <translation>用于训练</translation>
    </message>
    <message>
        <source>Model that will be trained</source>
        <translation>将要训练的模型</translation>
    </message>
    <message>
        <source>Prepare now</source>
        <translation>立即预处理</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Delete all</source>
        <translation>全部删除</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Measuring…</source>
        <translation>正在统计…</translation>
    </message>
    <message>
        <source>Kept now: {n} images, {size} (at most {limit})</source>
        <translation>现有 {n} 张图片，{size}（最多 {limit}）</translation>
    </message>
    <message>
        <source>Takes about {size} for {n} images</source>
        <translation>{n} 张图片约需 {size}</translation>
    </message>
</context>
<context>
    <name>ProblemList</name>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>These are left out. Your files are as they were; nothing was changed.</source>
        <translation>以下文件未被采用。你的文件保持原样，没有任何改动。</translation>
    </message>
    <message>
        <source>Copy list</source>
        <translation>复制列表</translation>
    </message>
    <message>
        <source>Files that cannot be used</source>
        <translation>无法使用的文件</translation>
    </message>
</context>
<context>
    <name>ProblemModel</name>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>What is wrong</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>解决办法</translation>
    </message>
</context>
<context>
    <name>Progress</name>
    <message>
        <source>step {step} of {steps}</source>
        <translation>第 {step}/{steps} 步</translation>
    </message>
    <message>
        <source>{rate} images/s</source>
        <translation>{rate} 张/秒</translation>
    </message>
    <message>
        <source>epoch {epoch} of {epochs} · {accuracy} right</source>
        <translation>第 {epoch}/{epochs} 轮 · 准确率 {accuracy}</translation>
    </message>
    <message>
        <source>files</source>
        <translation>个文件</translation>
    </message>
    <message>
        <source>images</source>
        <translation>张图片</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>步</translation>
    </message>
    <message>
        <source>seconds</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>{done} of {total} {unit}</source>
        <translation>{done}/{total} {unit}</translation>
    </message>
</context>
<context>
    <name>RecentRow</name>
    <message>
        <source>{n} images</source>
        <translation>{n} 张图片</translation>
    </message>
    <message>
        <source>{accuracy} right</source>
        <translation>准确率 {accuracy}</translation>
    </message>
    <message>
        <source>Take off this list</source>
        <translation>从列表中移除</translation>
    </message>
</context>
<context>
    <name>RegionPicker</name>
    <message>
        <source>Left</source>
        <translation>左</translation>
    </message>
    <message>
        <source>Top</source>
        <translation>上</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高</translation>
    </message>
    <message>
        <source>{side} of the box, per cent</source>
        <translation>方框的{side}，百分比</translation>
    </message>
    <message>
        <source>Mean image of the class, with the box</source>
        <translation>该类别的平均图片及方框</translation>
    </message>
    <message>
        <source>Draw a box with the mouse</source>
        <translation>用鼠标画一个方框</translation>
    </message>
</context>
<context>
    <name>RegionShareTable</name>
    <message>
        <source>All images</source>
        <translation>所有图片</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s); with others of this kind it would be between {low} and {high} (95 %). Looking everywhere alike would give {area}.</source>
        <translation>
            <numerusform>%n 张图片；换成其他同类图片，数值将在 {low} 与 {high} 之间（95 %）。若处处同等关注，则为 {area}。</numerusform>
        </translation>
    </message>
    <message>
        <source>Answered as</source>
        <translation>判断为</translation>
    </message>
    <message>
        <source>Inside</source>
        <translation>框内</translation>
    </message>
    <message>
        <source>Chance</source>
        <translation>随机倍数</translation>
    </message>
    <message>
        <source>The class that the model answered</source>
        <translation>模型给出的类别</translation>
    </message>
    <message>
        <source>Share of the attention inside the box; the line is what chance would give</source>
        <translation>方框内的关注度占比；竖线为随机时的数值</translation>
    </message>
    <message>
        <source>How many times as much as looking everywhere alike would give</source>
        <translation>是处处同等关注时的多少倍</translation>
    </message>
</context>
<context>
    <name>RejectKeeper</name>
    <message>
        <source>Keeping the threshold</source>
        <translation>正在保存阈值</translation>
    </message>
</context>
<context>
    <name>ReliabilityCharts</name>
    <message>
        <source>Is it right as often as it says?</source>
        <translation>它说的把握可信吗？</translation>
    </message>
    <message>
        <source>Bars: how many were right (line: 95 % interval). Orange: how sure it was.</source>
        <translation>柱：答对的比例（竖线：95 % 区间）。橙色：模型的把握。</translation>
    </message>
    <message>
        <source>How sure it was</source>
        <translation>模型有多大把握</translation>
    </message>
    <message>
        <source>Images, right answers green and errors red. Each bar opens its images.</source>
        <translation>图片数量，答对为绿色，答错为红色。点击柱可查看其图片。</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>置信度</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>正确率</translation>
    </message>
    <message>
        <source>Says</source>
        <translation>声称</translation>
    </message>
    <message>
        <source>Is right</source>
        <translation>实际正确</translation>
    </message>
    <message>
        <source>When it says {confidence}, it is right in {accuracy} of cases</source>
        <translation>当它说 {confidence} 时，实际有 {accuracy} 答对</translation>
    </message>
    <message>
        <source>{low} to {high}</source>
        <translation>{low} 到 {high}</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n 张图片</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewBar</name>
    <message>
        <source>The model knows no class of that name.</source>
        <translation>模型不认识这个名称的类别。</translation>
    </message>
    <message>
        <source>Open a project to keep what you say.</source>
        <translation>请打开一个项目以保留您的判断。</translation>
    </message>
    <message>
        <source>This project is open for reading only; it cannot be changed.</source>
        <translation>此项目以只读方式打开,无法更改。</translation>
    </message>
    <message>
        <source>Classes that would be new in the data: {names}</source>
        <translation>数据中将新增的类别:{names}</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) given another class</source>
        <translation>
            <numerusform>%n 张图片改了类别</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) had it already</source>
        <translation>
            <numerusform>%n 张图片的类别原本就一致</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) added</source>
        <translation>
            <numerusform>已添加 %n 张图片</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) could not be copied</source>
        <translation>
            <numerusform>%n 张图片无法复制</numerusform>
        </translation>
    </message>
    <message>
        <source>Is this “{answer}”?</source>
        <translation>这是“{answer}”吗?</translation>
    </message>
    <message>
        <source>All images are reviewed.</source>
        <translation>所有图片均已审核。</translation>
    </message>
    <message>
        <source>Choose an image to review.</source>
        <translation>请选择要审核的图片。</translation>
    </message>
    <message>
        <source>{done} of {total} reviewed</source>
        <translation>已审核 {done} / {total}</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Look at the image before again (Left)</source>
        <translation>再看前一张图片(左方向键)</translation>
    </message>
    <message>
        <source>Yes, right</source>
        <translation>是,正确</translation>
    </message>
    <message>
        <source>The answer is right (Enter, or Right)</source>
        <translation>回答正确(回车或右方向键)</translation>
    </message>
    <message>
        <source>No, it is…</source>
        <translation>不,是…</translation>
    </message>
    <message>
        <source>The class it is instead</source>
        <translation>它实际所属的类别</translation>
    </message>
    <message>
        <source>Type the first letters of a class, then Enter</source>
        <translation>输入类别的开头几个字母,然后按回车</translation>
    </message>
    <message numerus="yes">
        <source>Add %n reviewed image(s) to the data</source>
        <translation>
            <numerusform>将 %n 张已审核图片加入数据</numerusform>
        </translation>
    </message>
    <message>
        <source>Images of the dataset get the class you said; of others a copy is kept in the project. The files themselves stay as they are.</source>
        <translation>数据集中的图片会得到您指定的类别;其他图片会在项目中保留一份副本。原文件保持不变。</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>撤回</translation>
    </message>
</context>
<context>
    <name>RunContrast</name>
    <message>
        <source>First run</source>
        <translation>第一次训练</translation>
    </message>
    <message>
        <source>Second run</source>
        <translation>第二次训练</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Settings that differ</source>
        <translation>不同的设置</translation>
    </message>
    <message>
        <source>Validation accuracy</source>
        <translation>验证准确率</translation>
    </message>
    <message>
        <source>Validation loss</source>
        <translation>验证损失</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>轮次</translation>
    </message>
    <message>
        <source>Neither run has finished an epoch.</source>
        <translation>两次训练都没有完成一轮。</translation>
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
    <name>RunNoteDialog</name>
    <message>
        <source>Name and note</source>
        <translation>名称和备注</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>What was tried, and what came of it</source>
        <translation>尝试了什么，结果如何</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>RunVerdict</name>
    <message>
        <source>Compared on:</source>
        <translation>比较所用图片：</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试集</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>验证集</translation>
    </message>
    <message>
        <source>Part of the images</source>
        <translation>图片所属部分</translation>
    </message>
    <message>
        <source>Test images took no part in the training. Validation images have chosen the best epoch of each run, which flatters both.</source>
        <translation>测试集图片未参与训练。验证集图片用于选出每次训练的最佳轮次，因此结果对两者都偏好。</translation>
    </message>
    <message>
        <source>Comparing runs</source>
        <translation>正在比较训练</translation>
    </message>
</context>
<context>
    <name>SaveMapButton</name>
    <message>
        <source>Save…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>Save the explanation</source>
        <translation>保存解释</translation>
    </message>
    <message>
        <source>Image as shown (PNG)…</source>
        <translation>当前显示的图片 (PNG)…</translation>
    </message>
    <message>
        <source>Map alone (PNG)…</source>
        <translation>仅热力图 (PNG)…</translation>
    </message>
    <message>
        <source>Numbers of the map (NPY)…</source>
        <translation>热力图数值 (NPY)…</translation>
    </message>
</context>
<context>
    <name>SavedNotice</name>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>已保存。</translation>
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
    <name>Scaling</name>
    <message>
        <source>as {name}</source>
        <translation>与 {name} 相同</translation>
    </message>
    <message>
        <source>{share} more than {name}</source>
        <translation>比 {name} 多 {share}</translation>
    </message>
    <message>
        <source>{share} less than {name}</source>
        <translation>比 {name} 少 {share}</translation>
    </message>
    <message>
        <source>A network can grow in three ways. &lt;b&gt;Deeper&lt;/b&gt;: more layers one after the other, so that it can put simple features together to more involved ones – edges to a leaf vein, veins to a leaf. &lt;b&gt;Wider&lt;/b&gt;: more channels in each layer, so that it looks for more kinds of detail at once. &lt;b&gt;Finer&lt;/b&gt;: a larger input image (resolution), so that small structures still cover several pixels.</source>
        <translation>网络可以从三个方向变大。&lt;b&gt;更深&lt;/b&gt;：层数更多，能把简单特征组合成复杂特征——由边缘到叶脉，由叶脉到叶片。&lt;b&gt;更宽&lt;/b&gt;：每层通道更多，能同时寻找更多种细节。&lt;b&gt;更精细&lt;/b&gt;：输入图片更大（分辨率），使细小结构仍占若干像素。</translation>
    </message>
    <message>
        <source>Growing one alone soon stops helping: a finer image needs more layers to see across it, and more channels to describe what has become visible. Compound scaling therefore grows all three together, in fixed proportions, by a single number φ. Each step of φ costs about twice the work for one image.</source>
        <translation>只增大其中一个很快就不再有效：更精细的图片需要更多层才能看全，也需要更多通道来描述新出现的细节。因此复合缩放用一个数 φ 按固定比例同时增大三者。φ 每增加 1，单张图片的计算量约翻一倍。</translation>
    </message>
    <message>
        <source>No published weights fit this width: the network starts from nothing and needs many more images. Switch on “Start from known weights” to keep to a width that fits.</source>
        <translation>没有已发布的权重适合此宽度：网络从零开始，需要多得多的图片。请打开“从已有权重开始”，以使用合适的宽度。</translation>
    </message>
    <message>
        <source>Starts from the ImageNet weights of {donor}: all of the network fits. It knows photographs before it sees yours.</source>
        <translation>从 {donor} 的 ImageNet 权重开始：整个网络都适合。它在看到您的图片之前就已认识照片。</translation>
    </message>
    <message>
        <source>Starts from the ImageNet weights of {donor}: all its layers have weights, but it has fewer layers than {donor}, so only the first {whole} of {stages} stages work exactly as there.</source>
        <translation>从 {donor} 的 ImageNet 权重开始：所有层都有权重，但层数比 {donor} 少，因此 {stages} 个阶段中只有前 {whole} 个与原模型完全一致。</translation>
    </message>
    <message>
        <source>Starts from the ImageNet weights of {donor}: {share} of the network fits. The layers that {donor} does not have pass their input on at first, and learn from there.</source>
        <translation>从 {donor} 的 ImageNet 权重开始：网络的 {share} 适合。{donor} 没有的层起初原样传递输入，再由此学习。</translation>
    </message>
    <message>
        <source>Only {share} of the network fits the ImageNet weights of {donor}; most of it starts from nothing and needs many images.</source>
        <translation>网络中只有 {share} 适合 {donor} 的 ImageNet 权重；大部分从零开始，需要大量图片。</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>阶段</translation>
    </message>
    <message>
        <source>Operator</source>
        <translation>算子</translation>
    </message>
    <message>
        <source>What its layers are. MBConv (inverted bottleneck): expand the channels, look at each one by itself, weigh them, and put them together again</source>
        <translation>层的种类。MBConv（倒置瓶颈）：扩展通道，逐个通道观察，加权，再重新合并</translation>
    </message>
    <message>
        <source>Kernel</source>
        <translation>卷积核</translation>
    </message>
    <message>
        <source>Side of the patch that a layer looks at, in pixels of its map</source>
        <translation>该层所观察区域的边长（以其特征图像素计）</translation>
    </message>
    <message>
        <source>Expand</source>
        <translation>扩展</translation>
    </message>
    <message>
        <source>How many times more channels there are inside a block</source>
        <translation>模块内部通道扩大的倍数</translation>
    </message>
    <message>
        <source>Stride</source>
        <translation>步幅</translation>
    </message>
    <message>
        <source>2: the stage halves the side of the map</source>
        <translation>2：该阶段使特征图边长减半</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>Kinds of detail that come out; grows with the width</source>
        <translation>输出的细节种类；随宽度增长</translation>
    </message>
    <message>
        <source>SE</source>
        <translation>SE</translation>
    </message>
    <message>
        <source>Squeeze-and-excitation: a small side branch that turns channels up or down after a look at the whole image; the channels inside it, of the first block and the others</source>
        <translation>压缩激励：一个小旁支，纵观整张图片后调高或调低各通道；此处为其内部通道数（首个模块及其余模块）</translation>
    </message>
    <message>
        <source>Repeats</source>
        <translation>重复次数</translation>
    </message>
    <message>
        <source>Blocks one after the other; grows with the depth</source>
        <translation>依次排列的模块数；随深度增长</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>特征图</translation>
    </message>
    <message>
        <source>Side of the map that comes out, in pixels</source>
        <translation>输出特征图的边长（像素）</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数量</translation>
    </message>
    <message>
        <source>Numbers that are learned</source>
        <translation>可学习的数值</translation>
    </message>
    <message>
        <source>Work</source>
        <translation>计算量</translation>
    </message>
    <message>
        <source>Multiply-accumulates (MACs) for one image: how slow it is</source>
        <translation>单张图片的乘加运算量 (MACs)：决定快慢</translation>
    </message>
    <message>
        <source>Convolution</source>
        <translation>卷积</translation>
    </message>
    <message>
        <source>Linear</source>
        <translation>全连接</translation>
    </message>
    <message>
        <source>Together</source>
        <translation>合计</translation>
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
        <translation>您的选择</translation>
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
        <source>batch of {few}; {many}: {memory}</source>
        <translation>批量 {few}；{many}：{memory}</translation>
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
        <translation>从什么开始</translation>
    </message>
    <message>
        <source>Why everything grows together</source>
        <translation>为什么要一起增长</translation>
    </message>
</context>
<context>
    <name>ScoreHistogram</name>
    <message>
        <source>{low} to {high}: {count} of {all} images ({group})</source>
        <translation>{low} 至 {high}：{all} 张图片中的 {count} 张（{group}）</translation>
    </message>
</context>
<context>
    <name>SelectionBar</name>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>已选 %n 张</numerusform>
        </translation>
    </message>
    <message>
        <source>Give a class…</source>
        <translation>指定类别…</translation>
    </message>
    <message>
        <source>Class of the selected images</source>
        <translation>所选图片的类别</translation>
    </message>
    <message>
        <source>Choose a class, or write a new name and press Enter</source>
        <translation>选择类别，或输入新名称后按回车</translation>
    </message>
    <message>
        <source>Move to…</source>
        <translation>移到…</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Part of the selected images</source>
        <translation>所选图片的部分</translation>
    </message>
    <message>
        <source>Take in</source>
        <translation>重新采用</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>排除</translation>
    </message>
    <message>
        <source>The files stay where they are (Delete)</source>
        <translation>文件保留在原处 (Delete)</translation>
    </message>
    <message>
        <source>View</source>
        <translation>查看</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>Opening {name}</source>
        <translation>正在打开 {name}</translation>
    </message>
    <message>
        <source>Creating {name}</source>
        <translation>正在创建 {name}</translation>
    </message>
    <message>
        <source>Reading {name}</source>
        <translation>正在读取 {name}</translation>
    </message>
    <message>
        <source>Looking for changes</source>
        <translation>正在检查更改</translation>
    </message>
    <message>
        <source>Reading runs</source>
        <translation>正在读取训练记录</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
</context>
<context>
    <name>SettingWords</name>
    <message>
        <source>on</source>
        <translation>开</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
</context>
<context>
    <name>SettingsForm</name>
    <message>
        <source>Advanced</source>
        <translation>高级设置</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>自动</translation>
    </message>
</context>
<context>
    <name>Shelf</name>
    <message>
        <source>Here and whole: {names}.</source>
        <translation>已在此且完整：{names}。</translation>
    </message>
    <message>
        <source>{added} taken in, {present} here already.</source>
        <translation>已导入 {added} 个，{present} 个已存在。</translation>
    </message>
    <message>
        <source>{here} of {all} on this computer, {size}</source>
        <translation>此计算机上有 {here} / {all}，{size}</translation>
    </message>
    <message>
        <source>{n} chosen, nothing to download</source>
        <translation>已选 {n} 个，无需下载</translation>
    </message>
    <message>
        <source>{n} chosen, about {size} to download</source>
        <translation>已选 {n} 个，约需下载 {size}</translation>
    </message>
    <message>
        <source>Damaged: {names}. Choose that in the table and download it again.</source>
        <translation>已损坏：{names}。请在表格中选择并重新下载。</translation>
    </message>
    <message>
        <source>There are no weights here yet to check.</source>
        <translation>还没有可检查的权重。</translation>
    </message>
    <message>
        <source>All checksums are right. Checked: {n}.</source>
        <translation>所有校验和均正确。已检查：{n}。</translation>
    </message>
    <message>
        <source>Written: {name}, {size}. Weights in it: {n}.</source>
        <translation>已写入：{name}，{size}。包含权重：{n}。</translation>
    </message>
    <message>
        <source>Not here and so left out: {names}.</source>
        <translation>不在此计算机，因此未包含：{names}。</translation>
    </message>
    <message>
        <source>Stopped. What has come stays here: Download goes on from there.</source>
        <translation>已停止。已下载的部分会保留：点“下载”可继续。</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>已停止。</translation>
    </message>
    <message>
        <source>Stopped; no bundle was written.</source>
        <translation>已停止；没有写入权重包。</translation>
    </message>
    <message>
        <source>Stopped; nothing was taken in.</source>
        <translation>已停止；没有导入任何内容。</translation>
    </message>
    <message>
        <source>{n} models</source>
        <translation>{n} 个模型</translation>
    </message>
</context>
<context>
    <name>ShelfView</name>
    <message>
        <source>Downloading weights</source>
        <translation>正在下载权重</translation>
    </message>
    <message>
        <source>Checking weights</source>
        <translation>正在检查权重</translation>
    </message>
    <message>
        <source>Make a bundle of weights</source>
        <translation>制作权重包</translation>
    </message>
    <message>
        <source>Making a bundle of weights</source>
        <translation>正在制作权重包</translation>
    </message>
    <message>
        <source>Take in a bundle of weights</source>
        <translation>导入权重包</translation>
    </message>
    <message>
        <source>Taking in a bundle of weights</source>
        <translation>正在导入权重包</translation>
    </message>
    <message>
        <source>Bundles of weights (*.zip)</source>
        <translation>权重包 (*.zip)</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Filter weights by the model&apos;s name or family</source>
        <translation>按模型名称或系列筛选权重</translation>
    </message>
    <message>
        <source>Pre-trained weights of all models</source>
        <translation>所有模型的预训练权重</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>The chosen ones, or the rest of them</source>
        <translation>所选的，或其余部分</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Read all files that are here and compare their checksums</source>
        <translation>读取所有已有文件并比对校验和</translation>
    </message>
    <message>
        <source>Make a bundle…</source>
        <translation>制作权重包…</translation>
    </message>
    <message>
        <source>Write the chosen weights, or all that are here, into one file to be carried</source>
        <translation>把所选权重（或全部已有权重）写入一个便于携带的文件</translation>
    </message>
    <message>
        <source>Take in a bundle…</source>
        <translation>导入权重包…</translation>
    </message>
    <message>
        <source>Add the weights of such a file to this computer</source>
        <translation>把这种文件中的权重加入此计算机</translation>
    </message>
    <message>
        <source>Looking which weights are here…</source>
        <translation>正在查看已有的权重…</translation>
    </message>
    <message>
        <source>Choose models in the table; several with Ctrl or Shift.</source>
        <translation>在表格中选择模型；按住 Ctrl 或 Shift 可多选。</translation>
    </message>
</context>
<context>
    <name>SliceFindings</name>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n 张图片</numerusform>
        </translation>
    </message>
    <message>
        <source>at least {count} more errors in 100 than the others</source>
        <translation>每 100 张比其余图片至少多 {count} 个错误</translation>
    </message>
</context>
<context>
    <name>SliceTable</name>
    <message>
        <source>Images</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>正确率</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>张数</translation>
    </message>
    <message>
        <source>Which images are in the group</source>
        <translation>这一组包含哪些图片</translation>
    </message>
    <message>
        <source>Share of them that was recognised, and between which two the true share is in 95 of 100 cases; the line is the share of all images</source>
        <translation>识别正确的比例，以及真实比例在 100 次中有 95 次所处的范围；竖线为全部图片的比例</translation>
    </message>
    <message>
        <source>How many images are in the group</source>
        <translation>这一组有多少张图片</translation>
    </message>
</context>
<context>
    <name>SlicesView</name>
    <message>
        <source>Errors: {group}</source>
        <translation>错误：{group}</translation>
    </message>
    <message>
        <source>Worst first: the true class, and below it the answer.</source>
        <translation>最差的在前：上为真实类别，下为回答。</translation>
    </message>
    <message>
        <source>Recognised in the same group</source>
        <translation>同组中识别正确的</translation>
    </message>
    <message>
        <source>Slices</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>Comparing groups of images…</source>
        <translation>正在比较图片分组…</translation>
    </message>
    <message>
        <source>Groups are known only of the images of the project.</source>
        <translation>只有项目中的图片才能分组。</translation>
    </message>
    <message>
        <source>Divide by</source>
        <translation>分组依据</translation>
    </message>
    <message>
        <source>Groups of images</source>
        <translation>图片分组</translation>
    </message>
    <message>
        <source>Groups the model is worse at</source>
        <translation>模型较差的分组</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the table, to paste it into a spreadsheet</source>
        <translation>复制表格，以便粘贴到电子表格</translation>
    </message>
</context>
<context>
    <name>SplitBar</name>
    <message>
        <source>Training</source>
        <translation>训练集</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>验证集</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试集</translation>
    </message>
    <message>
        <source>Images the model learns from.</source>
        <translation>模型从中学习的图片。</translation>
    </message>
    <message>
        <source>Images the model never learns from; they show how good it is.</source>
        <translation>模型从不学习的图片，用来检验模型的好坏。</translation>
    </message>
    <message>
        <source>Images kept apart for a last, independent check.</source>
        <translation>单独保留、用于最终独立检验的图片。</translation>
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
    <name>SuspectFinder</name>
    <message>
        <source>Looking for wrong labels</source>
        <translation>正在查找错误标签</translation>
    </message>
</context>
<context>
    <name>Text</name>
    <message>
        <source>None of these</source>
        <translation>以上都不是</translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation>{n} 秒</translation>
    </message>
    <message>
        <source>{m} min {s} s</source>
        <translation>{m} 分 {s} 秒</translation>
    </message>
    <message>
        <source>{m} min</source>
        <translation>{m} 分钟</translation>
    </message>
    <message>
        <source>{h} h {m} min</source>
        <translation>{h} 小时 {m} 分</translation>
    </message>
    <message>
        <source>a few seconds left</source>
        <translation>还剩几秒</translation>
    </message>
    <message>
        <source>about {time} left</source>
        <translation>大约还需 {time}</translation>
    </message>
    <message>
        <source>today, {clock}</source>
        <translation>今天 {clock}</translation>
    </message>
</context>
<context>
    <name>ThresholdCard</name>
    <message>
        <source>When to say &quot;none of these&quot;</source>
        <translation>何时判为“以上都不是”</translation>
    </message>
    <message>
        <source>The more of the least certain answers are left out, the more of the rest are right.</source>
        <translation>舍去的最没把握的答案越多，其余答案正确的就越多。</translation>
    </message>
    <message>
        <source>Drag the line, or use the arrow keys.</source>
        <translation>请拖动竖线，或使用方向键。</translation>
    </message>
    <message>
        <source>Images answered, and above how many of these answers are right</source>
        <translation>横轴：作答的图片比例；纵轴：其中正确的比例</translation>
    </message>
    <message>
        <source>By confidence</source>
        <translation>按置信度</translation>
    </message>
    <message>
        <source>By energy</source>
        <translation>按能量</translation>
    </message>
    <message>
        <source>How likely the model finds its answer</source>
        <translation>模型认为答案的可能性</translation>
    </message>
    <message>
        <source>How strongly the model responds to the image at all, whatever the answer</source>
        <translation>无论答案是什么，模型对图片的总体反应强度</translation>
    </message>
    <message>
        <source>By what certainty is told</source>
        <translation>用什么衡量把握</translation>
    </message>
    <message>
        <source>At least so many right:</source>
        <translation>至少答对：</translation>
    </message>
    <message>
        <source>At least {share} right</source>
        <translation>至少答对 {share}</translation>
    </message>
    <message>
        <source>Answer as many images as possible so that at least {share} are right</source>
        <translation>在至少答对 {share} 的前提下，对尽可能多的图片作答</translation>
    </message>
    <message>
        <source>Use this threshold</source>
        <translation>使用此阈值</translation>
    </message>
    <message>
        <source>Use none</source>
        <translation>不使用</translation>
    </message>
    <message>
        <source>Here, in exported files, and on the command line</source>
        <translation>用于此处、导出的文件和命令行</translation>
    </message>
    <message>
        <source>Every image is answered from now on</source>
        <translation>今后每张图片都作答</translation>
    </message>
    <message>
        <source>Answers {coverage} of the images; {accuracy} of those are right.</source>
        <translation>对 {coverage} 的图片作答，其中 {accuracy} 正确。</translation>
    </message>
    <message>
        <source>Answers every image; {accuracy} of those are right.</source>
        <translation>所有图片都作答，其中 {accuracy} 正确。</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) would get &quot;none of these&quot;.</source>
        <translation>
            <numerusform>%n 张图片会被判为“以上都不是”。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show %n image(s)</source>
        <translation>
            <numerusform>显示 %n 张图片</numerusform>
        </translation>
    </message>
    <message>
        <source>Show the images that would get &quot;none of these&quot;</source>
        <translation>显示会被判为“以上都不是”的图片</translation>
    </message>
    <message>
        <source>Used at present: none, so that every image is answered.</source>
        <translation>当前未使用阈值，每张图片都作答。</translation>
    </message>
    <message>
        <source>Used at present: one that answers {coverage} of the validation images, {accuracy} of those rightly.</source>
        <translation>当前使用的阈值：对 {coverage} 的验证图片作答，其中 {accuracy} 正确。</translation>
    </message>
    <message>
        <source>An exported file keeps the threshold it was exported with. Choose it for the trained model, and export that again.</source>
        <translation>导出的文件保留导出时的阈值。请为训练好的模型选择阈值，然后重新导出。</translation>
    </message>
    <message>
        <source>Test images choose nothing, or their accuracy would no longer say how good the model is with new images. Choose with the validation images.</source>
        <translation>测试图片不参与任何选择，否则其准确率就不能再说明模型对新图片的表现。请用验证图片选择。</translation>
    </message>
    <message>
        <source>The model knows the training images by heart, so it is surer of them than of new ones. Choose with the validation images.</source>
        <translation>模型早已记住训练图片，因此对它们比对新图片更有把握。请用验证图片选择。</translation>
    </message>
    <message>
        <source>The project is open for reading only.</source>
        <translation>项目以只读方式打开。</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>阈值</translation>
    </message>
    <message>
        <source>Images answered</source>
        <translation>作答的图片</translation>
    </message>
    <message>
        <source>Share answered</source>
        <translation>作答比例</translation>
    </message>
    <message>
        <source>Answers right</source>
        <translation>答案正确</translation>
    </message>
</context>
<context>
    <name>TrainSetup</name>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>轻微</translation>
    </message>
    <message>
        <source>Medium</source>
        <translation>中等</translation>
    </message>
    <message>
        <source>Strong</source>
        <translation>强烈</translation>
    </message>
    <message>
        <source>Left and right</source>
        <translation>左右</translation>
    </message>
    <message>
        <source>In both directions</source>
        <translation>左右和上下</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>不处理</translation>
    </message>
    <message>
        <source>Weighted sampling</source>
        <translation>加权采样</translation>
    </message>
    <message>
        <source>Class weights</source>
        <translation>类别权重</translation>
    </message>
    <message>
        <source>Effective-number weights</source>
        <translation>有效样本数权重</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>32 bit</source>
        <translation>32 位</translation>
    </message>
    <message>
        <source>Mixed 16/32 bit</source>
        <translation>混合 16/32 位</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>No</source>
        <translation>否</translation>
    </message>
    <message>
        <source>Nobody</source>
        <translation>无</translation>
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
</context>
<context>
    <name>VerdictLine</name>
    <message>
        <source>None of these: the model is not certain enough, and the image is unlike the training images.</source>
        <translation>以上都不是：模型把握不足，且图片与训练图片不相似。</translation>
    </message>
    <message>
        <source>None of these: the model is not certain enough.</source>
        <translation>以上都不是：模型把握不足。</translation>
    </message>
    <message>
        <source>Perhaps none of these: the image is unlike the training images.</source>
        <translation>可能以上都不是：图片与训练图片不相似。</translation>
    </message>
    <message>
        <source>Its certainty is below the threshold that was chosen under Evaluate, in Confidence. The likeliest classes are shown all the same.</source>
        <translation>模型的把握低于在“评估”的“置信度”中选择的阈值。最可能的类别仍会显示。</translation>
    </message>
    <message>
        <source>It differs from the training images more than nearly all images that were held back.</source>
        <translation>它与训练图片的差别大于几乎所有留出的图片。</translation>
    </message>
</context>
<context>
    <name>VersionCompare</name>
    <message>
        <source>Compared with a training</source>
        <translation>与某次训练比较</translation>
    </message>
    <message>
        <source>Choose a training…</source>
        <translation>选择一次训练…</translation>
    </message>
    <message>
        <source>Training to compare with</source>
        <translation>用于比较的训练</translation>
    </message>
    <message>
        <source>Differences</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>Added {n}</source>
        <translation>新增 {n}</translation>
    </message>
    <message>
        <source>Removed {n}</source>
        <translation>移除 {n}</translation>
    </message>
    <message>
        <source>Other class {n}</source>
        <translation>类别改变 {n}</translation>
    </message>
    <message>
        <source>Other part {n}</source>
        <translation>部分改变 {n}</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>No training yet</source>
        <translation>尚无训练</translation>
    </message>
    <message>
        <source>Each training remembers the exact images it saw.</source>
        <translation>每次训练都会记住它所见到的确切图片。</translation>
    </message>
    <message>
        <source>What has changed since?</source>
        <translation>此后有哪些变化？</translation>
    </message>
    <message>
        <source>Choose a training to see how the images differ from those it saw.</source>
        <translation>选择一次训练，查看现在的图片与它所见的有何不同。</translation>
    </message>
    <message>
        <source>Comparing…</source>
        <translation>正在比较…</translation>
    </message>
    <message>
        <source>Nothing has changed since</source>
        <translation>此后没有变化</translation>
    </message>
    <message>
        <source>The training saw exactly these images, in these classes and parts.</source>
        <translation>该训练所见的正是这些图片、类别和部分。</translation>
    </message>
</context>
<context>
    <name>WatchChip</name>
    <message>
        <source>Stop watching the folder</source>
        <translation>停止监视文件夹</translation>
    </message>
    <message numerus="yes">
        <source>Watching {name} · %n new</source>
        <translation>
            <numerusform>正在监视 {name} · 新增 %n 张</numerusform>
        </translation>
    </message>
    <message>
        <source>{name} is gone; waiting for it</source>
        <translation>{name} 不见了，正在等待其恢复</translation>
    </message>
</context>
<context>
    <name>WeightsField</name>
    <message>
        <source>The best there is</source>
        <translation>最好的可用权重</translation>
    </message>
    <message>
        <source>Starter backbone</source>
        <translation>入门骨干网络</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
</context>
<context>
    <name>WelcomePage</name>
    <message>
        <source>Sample</source>
        <translation>示例</translation>
    </message>
    <message>
        <source>Drawing the sample images</source>
        <translation>正在生成示例图片</translation>
    </message>
    <message>
        <source>Teach your computer to recognise your images</source>
        <translation>教电脑识别你的图片</translation>
    </message>
    <message>
        <source>Sort images into folders, one folder for each kind. EffNet Studio learns to tell them apart. Everything stays on this computer.</source>
        <translation>把图片按类别放进文件夹，EffNet Studio 就能学会区分它们。所有数据都只留在这台电脑上。</translation>
    </message>
    <message>
        <source>Drop a folder of images here</source>
        <translation>将图片文件夹拖到这里</translation>
    </message>
    <message>
        <source>With one sub-folder for each kind, such as bees and ants</source>
        <translation>每个类别一个子文件夹，例如蜜蜂和蚂蚁</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>选择文件夹…</translation>
    </message>
    <message>
        <source>Try the sample</source>
        <translation>试用示例</translation>
    </message>
    <message>
        <source>Open a project…</source>
        <translation>打开项目…</translation>
    </message>
    <message>
        <source>Recent projects</source>
        <translation>最近的项目</translation>
    </message>
</context>
<context>
    <name>WorkFoot</name>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
</context>
<context>
    <name>WorstView</name>
    <message>
        <source>Worst first</source>
        <translation>最差优先</translation>
    </message>
    <message>
        <source>The most confident errors first. Look at the labels: some are wrong.</source>
        <translation>把握最大的错误排在最前。请查看标签：有些是错的。</translation>
    </message>
    <message>
        <source>Confident errors</source>
        <translation>把握十足的错误</translation>
    </message>
    <message>
        <source>Where the true class got the lowest probability first.</source>
        <translation>真实类别概率最低的排在最前。</translation>
    </message>
    <message>
        <source>Furthest from the truth</source>
        <translation>与真实类别相差最远</translation>
    </message>
    <message>
        <source>Two classes are nearly as likely: the closest first.</source>
        <translation>两个类别的可能性几乎相同：最接近的排在最前。</translation>
    </message>
    <message>
        <source>Hard to decide</source>
        <translation>难以判断</translation>
    </message>
    <message>
        <source>{true}, taken for {answer}</source>
        <translation>{true}，被认成 {answer}</translation>
    </message>
    <message>
        <source>Compare: what tells {first} and {second} apart?</source>
        <translation>对比一下：{first} 和 {second} 的区别在哪里？</translation>
    </message>
    <message>
        <source>{title} · {n}</source>
        <translation>{title} · {n}</translation>
    </message>
    <message>
        <source>Of all parts: the label, and below it what the image looks like and how suspicious that is. Select what is wrong.</source>
        <translation>涵盖所有部分：上为标签，下为图片看起来像什么以及可疑程度。请选出错误的。</translation>
    </message>
    <message>
        <source>Suspicious labels</source>
        <translation>可疑的标签</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>正在查找…</translation>
    </message>
    <message>
        <source>Not looked for yet</source>
        <translation>尚未查找</translation>
    </message>
    <message>
        <source>{n} of {all} labels</source>
        <translation>{all} 个标签中的 {n} 个</translation>
    </message>
    <message numerus="yes">
        <source>%n error(s)</source>
        <translation>
            <numerusform>%n 个错误</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n 张图片</numerusform>
        </translation>
    </message>
    <message>
        <source>To label next</source>
        <translation>接下来标注</translation>
    </message>
    <message>
        <source>The most useful of new images</source>
        <translation>新图片中最有用的</translation>
    </message>
    <message>
        <source>{first} and {second}</source>
        <translation>{first}且{second}</translation>
    </message>
    <message numerus="yes">
        <source>Mixed up %n time(s)</source>
        <translation>
            <numerusform>混淆 %n 次</numerusform>
        </translation>
    </message>
    <message>
        <source>Compares each image with the others of its class, by a model that has not seen its label.</source>
        <translation>用没有见过其标签的模型，将每张图片与同类的其他图片比较。</translation>
    </message>
    <message>
        <source>Choose a folder of images without labels: those that the model would learn most from open on the Predict page, where you say what they are.</source>
        <translation>请选择一个没有标签的图片文件夹：对模型学习最有帮助的图片会在“预测”页打开，由您说明它们是什么。</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>选择文件夹…</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>重新查找</translation>
    </message>
    <message>
        <source>Look for them</source>
        <translation>开始查找</translation>
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
<context>
    <name>_Remarks</name>
    <message>
        <source>Your files are as they were; nothing was changed.</source>
        <translation>您的文件保持原样，没有任何更改。</translation>
    </message>
    <message>
        <source>Files and folders to look at</source>
        <translation>需要查看的文件和文件夹</translation>
    </message>
</context>
</TS>
