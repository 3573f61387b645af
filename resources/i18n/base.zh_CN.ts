<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>This copy was not made by an installer: Python&apos;s packages were installed one by one, and each has its own licence beside it. These are the ones the app asks for.</source>
        <translation>此程序不是用安装包安装的：Python 软件包是逐个安装的，各自附有自己的许可证。以下是本程序所需的软件包。</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>About EffNet Studio</source>
        <translation>关于 EffNet Studio</translation>
    </message>
    <message>
        <source>Version {version}</source>
        <translation>版本 {version}</translation>
    </message>
    <message>
        <source>Teaches a computer to recognise your own images. Everything stays on this computer. Free software under the Apache License 2.0.</source>
        <translation>教电脑识别你的图片，所有数据都只留在这台电脑上。自由软件，采用 Apache 许可证 2.0。</translation>
    </message>
    <message>
        <source>Copy versions</source>
        <translation>复制版本信息</translation>
    </message>
    <message>
        <source>For a report about a fault</source>
        <translation>报告故障时使用</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>Third-party notices</source>
        <translation>第三方声明</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
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
        <source>Settings</source>
        <translation>设置</translation>
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
        <source>Job history</source>
        <translation>任务历史</translation>
    </message>
    <message>
        <source>Go to the latest notice</source>
        <translation>转到最新提示</translation>
    </message>
    <message>
        <source>Same as the system</source>
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
        <source>High contrast, light</source>
        <translation>高对比度（浅色）</translation>
    </message>
    <message>
        <source>High contrast, dark</source>
        <translation>高对比度（深色）</translation>
    </message>
    <message>
        <source>Guide</source>
        <translation>指南</translation>
    </message>
    <message>
        <source>Show the next steps</source>
        <translation>显示下一步提示</translation>
    </message>
    <message>
        <source>Find a command…</source>
        <translation>查找命令…</translation>
    </message>
    <message>
        <source>Next part of the window</source>
        <translation>窗口的下一部分</translation>
    </message>
    <message>
        <source>Previous part of the window</source>
        <translation>窗口的上一部分</translation>
    </message>
    <message>
        <source>Doctor</source>
        <translation>系统诊断</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>About EffNet Studio</source>
        <translation>关于 EffNet Studio</translation>
    </message>
</context>
<context>
    <name>AddressRow</name>
    <message>
        <source>Same as the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>The usual download addresses</source>
        <translation>默认下载地址</translation>
    </message>
    <message>
        <source>As {variable} says</source>
        <translation>按 {variable} 的设置</translation>
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
    <name>Arrivals</name>
    <message>
        <source>Looking into {name}</source>
        <translation>查看 {name}</translation>
    </message>
</context>
<context>
    <name>AsidePage</name>
    <message>
        <source>Close (Esc)</source>
        <translation>关闭 (Esc)</translation>
    </message>
    <message>
        <source>Close this page</source>
        <translation>关闭此页</translation>
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
        <translation>保存报告</translation>
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
        <translation>{largest} 的训练图片数量是 {smallest} 的 {ratio} 倍：{most} 比 {least}。</translation>
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
        <translation>各类别抽取次数相同，因此每轮中每张 {smallest} 图片的出现次数是每张 {largest} 图片的 {ratio} 倍。</translation>
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
    <name>BrowserBar</name>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%Ln 张图片</numerusform>
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
    <name>CacheRow</name>
    <message>
        <source>{folder}
The environment variable {variable} says so.</source>
        <translation>{folder}
由环境变量 {variable} 指定。</translation>
    </message>
    <message>
        <source>Nothing yet</source>
        <translation>尚无内容</translation>
    </message>
    <message>
        <source>Delete the downloads?</source>
        <translation>删除下载内容吗？</translation>
    </message>
    <message>
        <source>Delete {size}</source>
        <translation>删除 {size}</translation>
    </message>
    <message>
        <source>While work is running, nothing is deleted.</source>
        <translation>有任务运行时不会删除任何内容。</translation>
    </message>
    <message>
        <source>Deletes the downloaded weights. Images and projects stay.</source>
        <translation>删除已下载的权重。图片和项目保留。</translation>
    </message>
    <message>
        <source>Delete downloads</source>
        <translation>删除下载内容</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
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
            <numerusform>已拍 %Ln 张</numerusform>
        </translation>
    </message>
    <message>
        <source>Pictures are kept in the project, in a folder of the class.</source>
        <translation>照片保存在项目中该类别的文件夹里。</translation>
    </message>
</context>
<context>
    <name>CertificateView</name>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>Not ready</source>
        <translation>未就绪</translation>
    </message>
    <message>
        <source>The file was opened again and gave the app&apos;s answer on every image.</source>
        <translation>文件已重新打开，对每一张图片的回答都与本应用一致。</translation>
    </message>
    <message>
        <source>The file was opened again; it lost no more than the {points} points of accuracy it was allowed.</source>
        <translation>文件已重新打开；准确率的损失未超过允许的 {points} 个百分点。</translation>
    </message>
    <message>
        <source>It carries the threshold for &quot;none of these&quot;.</source>
        <translation>其中带有“不属于任何类别”的阈值。</translation>
    </message>
    <message>
        <source>App: {value}</source>
        <translation>本应用：{value}</translation>
    </message>
    <message>
        <source>Same answers</source>
        <translation>回答一致</translation>
    </message>
    <message>
        <source>The file was opened again and asked about your validation and test images</source>
        <translation>文件已重新打开，并用你的验证和测试图片提问</translation>
    </message>
    <message>
        <source>Largest difference</source>
        <translation>最大差异</translation>
    </message>
    <message>
        <source>of a probability</source>
        <translation>概率之差</translation>
    </message>
    <message>
        <source>Of any class&apos;s probability on any of these images</source>
        <translation>所有图片、所有类别的概率中最大的差异</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>Share of the images that were recognised</source>
        <translation>认对的图片所占的比例</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Memory: {size}</source>
        <translation>内存：{size}</translation>
    </message>
    <message>
        <source>Of the file, and the most memory of a process that opens it and judges one image</source>
        <translation>文件的大小，以及打开它并判断一张图片的进程所用内存的最大值</translation>
    </message>
    <message>
        <source>Time for one image</source>
        <translation>单张图片用时</translation>
    </message>
    <message>
        <source>On this computer, without reading the file; measured in turns</source>
        <translation>在本机测得，不含读取图片；两者交替测量</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Accuracy (95 %)</source>
        <translation>准确率（95 %）</translation>
    </message>
    <message>
        <source>App</source>
        <translation>本应用</translation>
    </message>
    <message>
        <source>Points lost (95 %)</source>
        <translation>损失的百分点（95 %）</translation>
    </message>
    <message>
        <source>{low} to {high}</source>
        <translation>{low} 到 {high}</translation>
    </message>
    <message>
        <source>Processor threads</source>
        <translation>处理器线程</translation>
    </message>
    <message>
        <source>One image, median</source>
        <translation>单张图片（中位数）</translation>
    </message>
    <message>
        <source>95 % below</source>
        <translation>95 % 低于</translation>
    </message>
    <message>
        <source>Measured with {what}</source>
        <translation>测量环境：{what}</translation>
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
    <name>ClassReportTable</name>
    <message>
        <source>Probably between {low} and {high} (95 % interval)</source>
        <translation>很可能在 {low} 与 {high} 之间（95 % 区间）</translation>
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
        <source>Recall</source>
        <translation>召回率</translation>
    </message>
    <message>
        <source>Of the images of this class, how many the model recognised</source>
        <translation>该类别的图片中，模型认对的比例</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精确率</translation>
    </message>
    <message>
        <source>When the model names this class, how often it is right</source>
        <translation>模型回答该类别时，答对的比例</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1</translation>
    </message>
    <message>
        <source>Harmonic mean of recall and precision</source>
        <translation>召回率与精确率的调和平均</translation>
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
    <name>Closing</name>
    <message>
        <source>Keep running</source>
        <translation>继续运行</translation>
    </message>
    <message>
        <source>Stop and close</source>
        <translation>停止并关闭</translation>
    </message>
    <message>
        <source>Stop and close the project</source>
        <translation>停止并关闭项目</translation>
    </message>
    <message>
        <source>Stopping, then closing…</source>
        <translation>正在停止，随后关闭…</translation>
    </message>
    <message>
        <source>This takes a moment at most.</source>
        <translation>最多只需片刻。</translation>
    </message>
    <message numerus="yes">
        <source>%n jobs are still running. Close anyway?</source>
        <translation>
            <numerusform>还有 %Ln 项任务正在进行，仍要关闭吗？</numerusform>
        </translation>
    </message>
    <message>
        <source>Training is still running. Close anyway?</source>
        <translation>训练还在进行，仍要关闭吗？</translation>
    </message>
    <message>
        <source>“{name}” is still running. Close anyway?</source>
        <translation>“{name}”还在进行，仍要关闭吗？</translation>
    </message>
    <message>
        <source>The training is saved where it stands; you can go on from there the next time you open the app.</source>
        <translation>训练会保存当前进度；下次打开应用时可以从这里继续。</translation>
    </message>
    <message>
        <source>The training is still being prepared; nothing of it is there to be kept yet.</source>
        <translation>训练还在准备中，目前没有可以保留的内容。</translation>
    </message>
    <message>
        <source>What it has found so far is not kept.</source>
        <translation>目前得到的结果不会保留。</translation>
    </message>
    <message>
        <source>The import is given up; the images are as they were before it.</source>
        <translation>导入会被放弃，图片保持导入之前的状态。</translation>
    </message>
    <message>
        <source>The export is thrown away; no half-written file is left behind.</source>
        <translation>这次导出会被丢弃，不会留下不完整的文件。</translation>
    </message>
    <message>
        <source>The answers so far are lost unless you save them first.</source>
        <translation>目前的识别结果会丢失，除非先保存。</translation>
    </message>
    <message>
        <source>Images that are in their folders already stay there; the others stay put.</source>
        <translation>已经归入文件夹的图片保持不变，其余图片留在原处。</translation>
    </message>
    <message>
        <source>Images that are prepared already stay so; the others are prepared later.</source>
        <translation>已经预处理的图片会保留，其余的以后再处理。</translation>
    </message>
    <message>
        <source>What has been downloaded stays; the rest can be fetched the next time you open the app.</source>
        <translation>已下载的部分会保留；其余的可在下次打开应用时获取。</translation>
    </message>
</context>
<context>
    <name>ColorScale</name>
    <message>
        <source>little</source>
        <translation>影响小</translation>
    </message>
    <message>
        <source>much</source>
        <translation>影响大</translation>
    </message>
    <message>
        <source>Heat map: from what mattered little to what mattered much</source>
        <translation>热力图：从影响小到影响大</translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>Nothing here is called “{query}”. Try fewer letters.</source>
        <translation>没有名为“{query}”的命令。请少输入几个字试试。</translation>
    </message>
    <message>
        <source>Not possible now</source>
        <translation>现在无法执行</translation>
    </message>
    <message>
        <source>{command}: {reason}</source>
        <translation>{command}：{reason}</translation>
    </message>
    <message>
        <source>Esc closes</source>
        <translation>Esc 关闭</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Find a command</source>
        <translation>查找命令</translation>
    </message>
    <message>
        <source>Type what you want to do</source>
        <translation>输入你想做的事</translation>
    </message>
    <message>
        <source>Commands that fit</source>
        <translation>匹配的命令</translation>
    </message>
    <message>
        <source>↑ ↓ choose    Enter does it    Esc closes</source>
        <translation>↑ ↓ 选择    Enter 执行    Esc 关闭</translation>
    </message>
</context>
<context>
    <name>CommandSource</name>
    <message>
        <source>Open a project first</source>
        <translation>请先打开一个项目</translation>
    </message>
    <message>
        <source>This project can only be looked at here</source>
        <translation>此处只能查看这个项目</translation>
    </message>
    <message>
        <source>There is nothing to undo</source>
        <translation>没有可撤销的操作</translation>
    </message>
    <message>
        <source>There is nothing to redo</source>
        <translation>没有可重做的操作</translation>
    </message>
    <message>
        <source>Import a folder of images first</source>
        <translation>请先导入一个图片文件夹</translation>
    </message>
    <message>
        <source>Show run {name}</source>
        <translation>查看训练 {name}</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>训练记录</translation>
    </message>
    <message>
        <source>Open {name}</source>
        <translation>打开 {name}</translation>
    </message>
    <message>
        <source>Recent projects</source>
        <translation>最近的项目</translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>Not possible now</source>
        <translation>现在无法执行</translation>
    </message>
</context>
<context>
    <name>CompareDialog</name>
    <message>
        <source>Comparing runs</source>
        <translation>比较训练</translation>
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
        <translation>比较两个模型</translation>
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
        <source>under 1 s</source>
        <translation>不到 1 秒</translation>
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
        <source>{facts}.</source>
        <translation>{facts}。</translation>
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
    <name>ConfusionPairs</name>
    <message>
        <source>True class</source>
        <translation>真实类别</translation>
    </message>
    <message>
        <source>As your folders say</source>
        <translation>以文件夹为准</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>What the model says instead</source>
        <translation>模型给出的错误回答</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>How many images are mixed up in this way</source>
        <translation>这样认错的图片数</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>占比</translation>
    </message>
    <message>
        <source>Of the images of the true class</source>
        <translation>占该真实类别图片的比例</translation>
    </message>
</context>
<context>
    <name>ConnectionWords</name>
    <message>
        <source>the name was not found</source>
        <translation>找不到该名称</translation>
    </message>
    <message>
        <source>it accepts none</source>
        <translation>对方拒绝连接</translation>
    </message>
    <message>
        <source>the network is not reachable</source>
        <translation>网络不可达</translation>
    </message>
    <message>
        <source>no answer in time</source>
        <translation>未及时应答</translation>
    </message>
    <message>
        <source>its certificate could not be checked</source>
        <translation>无法验证其证书</translation>
    </message>
    <message>
        <source>{ended}: {reason}</source>
        <translation>{ended}：{reason}</translation>
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
    <name>DataImages</name>
    <message>
        <source>From the map</source>
        <translation>来自分布图</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>分布图</translation>
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
        <source>Not used · {n}</source>
        <translation>未使用 · {n}</translation>
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
            <numerusform>%Ln 张图片</numerusform>
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
        <translation>重新读取文件夹：新增、更改和删除的文件。你的修改会保留。</translation>
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
            <numerusform>%Ln 个文件夹</numerusform>
        </translation>
    </message>
    <message>
        <source>The images to learn from, sorted by kind.</source>
        <translation>用于学习的图片，按类别整理。</translation>
    </message>
    <message numerus="yes">
        <source>%n class(es)</source>
        <translation>
            <numerusform>%Ln 个类别</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DatasetJudge</name>
    <message>
        <source>Judging all images</source>
        <translation>判断全部图片</translation>
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
    <message numerus="yes">
        <source>They can be put back until they are deleted for good. %n run(s), {size} in all.</source>
        <translation>
            <numerusform>在彻底删除之前都可以放回。训练 %Ln 次，共 {size}。</numerusform>
        </translation>
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
        <translation>你删除的训练会留在这里，以便你改变主意。</translation>
    </message>
    <message>
        <source>Empty the trash</source>
        <translation>清空回收站</translation>
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
    <name>DoctorPage</name>
    <message>
        <source>Doctor</source>
        <translation>系统诊断</translation>
    </message>
    <message>
        <source>Measuring this computer&apos;s speed</source>
        <translation>测量本机速度</translation>
    </message>
    <message>
        <source>To look at</source>
        <translation>需要留意</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>What this computer offers, and what to do about what stands in the way.</source>
        <translation>这台电脑有什么、缺什么，以及该怎么办。</translation>
    </message>
    <message>
        <source>Plain text in English, without your name</source>
        <translation>英文纯文本，不含你的姓名</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>重新检查</translation>
    </message>
    <message>
        <source>Looking around…</source>
        <translation>正在检查…</translation>
    </message>
    <message>
        <source>Processor, memory, graphics, folders, versions: it takes a few seconds.</source>
        <translation>处理器、内存、显卡、文件夹、版本：需要几秒钟。</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>检查结果</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>复制报告</translation>
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
    <name>ErrorEntry</name>
    <message>
        <source>Choose another folder…</source>
        <translation>选择其他文件夹…</translation>
    </message>
    <message>
        <source>Import from their new place…</source>
        <translation>从新位置导入…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln time(s)</source>
        <translation>
            <numerusform>%Ln 次</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Happened %n time(s)</source>
        <translation>
            <numerusform>发生了 %Ln 次</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ErrorList</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>另有 %Ln 条</numerusform>
        </translation>
    </message>
    <message>
        <source>Show only the newest</source>
        <translation>只显示最新的</translation>
    </message>
    <message>
        <source>Dismiss all</source>
        <translation>全部关闭</translation>
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
    <name>ExportWords</name>
    <message>
        <source>{percent} % in 32 bits</source>
        <translation>{percent} % 用 32 位</translation>
    </message>
    <message>
        <source>all in 8 bits</source>
        <translation>全部 8 位</translation>
    </message>
    <message>
        <source>all in 8 bits, tuned</source>
        <translation>全部 8 位，经调整</translation>
    </message>
    <message>
        <source>only stored in 8 bits</source>
        <translation>仅存储为 8 位</translation>
    </message>
    <message>
        <source>{n} ms</source>
        <translation>{n} 毫秒</translation>
    </message>
</context>
<context>
    <name>ExportWork</name>
    <message>
        <source>Write the model</source>
        <translation>写出模型</translation>
    </message>
    <message>
        <source>Find 8 bits that lose no more than you allow</source>
        <translation>寻找损失不超出允许范围的 8 位方案</translation>
    </message>
    <message>
        <source>Compare with the app on every validation and test image</source>
        <translation>用每一张验证和测试图片与本应用对照</translation>
    </message>
    <message>
        <source>Measure time and memory</source>
        <translation>测量用时和内存</translation>
    </message>
    <message>
        <source>Put the pieces together</source>
        <translation>整理成套</translation>
    </message>
    <message>
        <source>Trying another way…</source>
        <translation>正在尝试其他方案…</translation>
    </message>
    <message>
        <source>Looking at training images to choose the ranges…</source>
        <translation>正在查看训练图片以选定取值范围…</translation>
    </message>
</context>
<context>
    <name>FactRow</name>
    <message>
        <source>Copy the commands</source>
        <translation>复制这些命令</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>复制命令</translation>
    </message>
    <message>
        <source>Pre-trained weights…</source>
        <translation>预训练权重…</translation>
    </message>
    <message>
        <source>Show the GPU pack</source>
        <translation>查看 GPU 包</translation>
    </message>
    <message>
        <source>Choose another folder…</source>
        <translation>选择其他文件夹…</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>Fine</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>Not available</source>
        <translation>不可用</translation>
    </message>
    <message>
        <source>To look at</source>
        <translation>需要留意</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>问题</translation>
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
    <name>FileDialogs</name>
    <message>
        <source>&amp;Folder:</source>
        <translation>文件夹(&amp;F)：</translation>
    </message>
</context>
<context>
    <name>FileImagesDialog</name>
    <message>
        <source>Filing images by class</source>
        <translation>按类别归类图片</translation>
    </message>
    <message numerus="yes">
        <source>File the remaining %n image(s)</source>
        <translation>
            <numerusform>归类剩余 %Ln 张图片</numerusform>
        </translation>
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
    <message>
        <source>Stopped. {filed} Start again to file the rest; no image is filed twice.</source>
        <translation>已停止。{filed}重新开始即可归类其余图片；不会重复归类。</translation>
    </message>
    <message numerus="yes">
        <source>File %n image(s)</source>
        <translation>
            <numerusform>归类 %Ln 张图片</numerusform>
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
        <source>Left out because they have no file: {count}.</source>
        <translation>因没有文件而略过：{count}。</translation>
    </message>
    <message>
        <source>Left out because they could not be read: {count}.</source>
        <translation>因无法读取而略过：{count}。</translation>
    </message>
</context>
<context>
    <name>FileRouter</name>
    <message>
        <source>Open a project folder (NAME.effnet)</source>
        <translation>打开项目文件夹（名称.effnet）</translation>
    </message>
    <message>
        <source>Choose a folder of images</source>
        <translation>选择图片文件夹</translation>
    </message>
    <message>
        <source>Dropped image</source>
        <translation>拖入的图片</translation>
    </message>
</context>
<context>
    <name>FindRateDialog</name>
    <message>
        <source>Finding a learning rate</source>
        <translation>寻找学习率</translation>
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
        <source>Search again</source>
        <translation>重新搜索</translation>
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
        <source>Stopped before all rates had been tried.</source>
        <translation>在试完所有学习率之前已停止。</translation>
    </message>
    <message>
        <source>The curve appears here once all rates have been tried.</source>
        <translation>所有学习率都试过后，曲线会显示在这里。</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
</context>
<context>
    <name>FindingHead</name>
    <message>
        <source>Show in “Images”</source>
        <translation>在“图片”中显示</translation>
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
            <numerusform>排除（%Ln 张）</numerusform>
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
        <source>Show in “Images”</source>
        <translation>在“图片”中显示</translation>
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
        <source>Both are {name}</source>
        <translation>两张都是 {name}</translation>
    </message>
    <message>
        <source>All are {name}</source>
        <translation>全部是 {name}</translation>
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
    <name>FolderRow</name>
    <message>
        <source>Choose another folder…</source>
        <translation>选择其他文件夹…</translation>
    </message>
    <message>
        <source>{title}: choose another folder</source>
        <translation>{title}：选择其他文件夹</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>选择文件夹</translation>
    </message>
</context>
<context>
    <name>Glossary</name>
    <message>
        <source>{term}: {meaning}</source>
        <translation>{term}：{meaning}</translation>
    </message>
    <message>
        <source>epoch|epochs</source>
        <translation>轮次</translation>
    </message>
    <message>
        <source>One pass over all images to learn from.</source>
        <translation>把所有训练图片学习一遍，称为一轮。</translation>
    </message>
    <message>
        <source>best epoch</source>
        <translation>最佳轮次|最佳轮</translation>
    </message>
    <message>
        <source>The pass over the images after which the model was best; its state is kept.</source>
        <translation>模型表现最好的那一轮；应用保留的就是那一轮的模型。</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>How wrong the answers are, as one number; learning makes it smaller.</source>
        <translation>用一个数表示回答错得有多厉害；学习就是让它变小。</translation>
    </message>
    <message>
        <source>training images|training part</source>
        <translation>训练图片|训练部分|训练集</translation>
    </message>
    <message>
        <source>The part of the images that the model learns from.</source>
        <translation>模型用来学习的那部分图片。</translation>
    </message>
    <message>
        <source>validation images|validation part|validation</source>
        <translation>验证图片|验证部分|验证集|验证</translation>
    </message>
    <message>
        <source>The part of the images kept back to check the model: it never learns from them.</source>
        <translation>留出来检查模型的那部分图片：模型从不用它们学习。</translation>
    </message>
    <message>
        <source>test images|test part</source>
        <translation>测试图片|测试部分|测试集</translation>
    </message>
    <message>
        <source>Images kept apart to the very end, for one last honest check.</source>
        <translation>一直留到最后、只用来做一次客观检查的图片。</translation>
    </message>
    <message>
        <source>class|classes</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>A kind of thing to tell apart, such as bee; usually one folder.</source>
        <translation>需要区分的一种东西，例如蜜蜂；通常对应一个文件夹。</translation>
    </message>
    <message>
        <source>accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>The share of images that the model names correctly.</source>
        <translation>模型答对的图片所占的比例。</translation>
    </message>
    <message>
        <source>balanced accuracy</source>
        <translation>平衡准确率</translation>
    </message>
    <message>
        <source>The mean of the shares right in each class, so that rare classes count as much as common ones.</source>
        <translation>各类别答对比例的平均值，少见的类别与常见的类别同样算数。</translation>
    </message>
    <message>
        <source>ImageNet</source>
        <translation>ImageNet</translation>
    </message>
    <message>
        <source>A public collection of 1.3 million photographs of 1,000 things, from which models get their general knowledge.</source>
        <translation>一个公开图库：130 万张照片、1000 种事物，模型的通用知识就来自它。</translation>
    </message>
    <message>
        <source>top-1</source>
        <translation>top-1</translation>
    </message>
    <message>
        <source>The share of images for which the first answer is right.</source>
        <translation>第一个回答就正确的图片所占的比例。</translation>
    </message>
    <message>
        <source>top-5</source>
        <translation>top-5</translation>
    </message>
    <message>
        <source>The share of images for which the right answer is among the first five.</source>
        <translation>正确答案在前五个回答之中的图片所占的比例。</translation>
    </message>
    <message>
        <source>precision</source>
        <translation>精确率</translation>
    </message>
    <message>
        <source>Of the images the model calls a class, the share that really is.</source>
        <translation>模型判为某一类别的图片中，真正属于该类别的比例。</translation>
    </message>
    <message>
        <source>recall</source>
        <translation>召回率</translation>
    </message>
    <message>
        <source>Of the images of a class, the share the model finds.</source>
        <translation>某一类别的图片中，被模型找出来的比例。</translation>
    </message>
    <message>
        <source>F1|macro F1|weighted F1</source>
        <translation>F1|宏平均 F1|加权 F1</translation>
    </message>
    <message>
        <source>One number for precision and recall together; high only if both are high.</source>
        <translation>把精确率和召回率合成的一个数；两者都高时它才高。</translation>
    </message>
    <message>
        <source>Cohen&apos;s kappa|kappa</source>
        <translation>Cohen&apos;s kappa 系数|kappa</translation>
    </message>
    <message>
        <source>Agreement with the true classes beyond what guessing would give: 0 is guessing, 1 is all right.</source>
        <translation>与真实类别的一致程度，已扣除碰运气的部分：0 等于瞎猜，1 表示全对。</translation>
    </message>
    <message>
        <source>Matthews correlation</source>
        <translation>马修斯相关系数</translation>
    </message>
    <message>
        <source>Agreement of answers and truth from −1 to 1, fair to rare classes.</source>
        <translation>回答与真实类别的一致程度，从 −1 到 1，对少见类别也公平。</translation>
    </message>
    <message>
        <source>95 % interval|95 % intervals|confidence interval</source>
        <translation>95 % 区间|置信区间</translation>
    </message>
    <message>
        <source>Where the true figure probably lies, given that only so many images were checked.</source>
        <translation>检查的图片数量有限，真实数值很可能落在这个范围里。</translation>
    </message>
    <message>
        <source>confusion matrix|matrix</source>
        <translation>混淆矩阵|矩阵</translation>
    </message>
    <message>
        <source>A table of what each class was taken for: rows are the truth, columns the answers.</source>
        <translation>一张表，显示每个类别被判成了什么：行是真实类别，列是模型的回答。</translation>
    </message>
    <message>
        <source>ROC</source>
        <translation>ROC</translation>
    </message>
    <message>
        <source>A curve of what is found against false alarms, for every threshold.</source>
        <translation>一条曲线：在每个阈值下，找到了多少、误报了多少。</translation>
    </message>
    <message>
        <source>AUC</source>
        <translation>AUC</translation>
    </message>
    <message>
        <source>How often a picture of the class gets a higher score than another one: 100 % is perfect, 50 % is guessing.</source>
        <translation>该类别的图片得分高于其他图片的概率：100 % 为完美，50 % 等于瞎猜。</translation>
    </message>
    <message>
        <source>average precision</source>
        <translation>平均精确率</translation>
    </message>
    <message>
        <source>Precision, averaged over all that is found, from the surest answer to the least sure.</source>
        <translation>从最有把握到最没把握的回答，逐步计算的精确率的平均值。</translation>
    </message>
    <message>
        <source>threshold|thresholds</source>
        <translation>阈值</translation>
    </message>
    <message>
        <source>How sure the model must be before an answer counts.</source>
        <translation>模型要有多大把握，它的回答才算数。</translation>
    </message>
    <message>
        <source>confidence</source>
        <translation>置信度|确信度</translation>
    </message>
    <message>
        <source>How sure the model says it is; a check shows how far that can be believed.</source>
        <translation>模型自己说有多大把握；经过检查才知道可以相信几分。</translation>
    </message>
    <message>
        <source>calibration|calibration error|ECE|expected calibration error</source>
        <translation>校准|校准误差|期望校准误差|ECE</translation>
    </message>
    <message>
        <source>Whether 80 % sure means right 80 times in 100; the error says how far off that is.</source>
        <translation>模型说有 80 % 的把握时，是否 100 次里真的对 80 次；误差表示相差多少。</translation>
    </message>
    <message>
        <source>Brier score|Brier</source>
        <translation>Brier 分数|Brier</translation>
    </message>
    <message>
        <source>Mean squared distance of the stated chances from the truth; 0 is perfect.</source>
        <translation>模型给出的概率与事实之差的平方的平均值；0 为完美。</translation>
    </message>
    <message>
        <source>log-loss</source>
        <translation>对数损失</translation>
    </message>
    <message>
        <source>How surprised one is by the truth when believing the stated chances; 0 is perfect.</source>
        <translation>若相信模型给出的概率，对事实会有多意外；0 为完美。</translation>
    </message>
    <message>
        <source>temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>One number that makes all answers more or less sure, without changing which comes first.</source>
        <translation>一个数，使所有回答变得更有把握或更没把握，但不改变名次。</translation>
    </message>
    <message>
        <source>reliability</source>
        <translation>可靠性</translation>
    </message>
    <message>
        <source>Said and true chances side by side: on the diagonal they agree.</source>
        <translation>模型所说的概率与实际比例的对照：落在对角线上表示一致。</translation>
    </message>
    <message>
        <source>slice|slices</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>A group of images with something in common, such as dark ones, that may do worse.</source>
        <translation>有共同之处的一组图片，例如较暗的图片；模型在其中可能表现较差。</translation>
    </message>
    <message>
        <source>pre-trained|pre-trained weights</source>
        <translation>预训练|预训练权重</translation>
    </message>
    <message>
        <source>With general knowledge from millions of photographs already, so that few of your own are enough.</source>
        <translation>已从上百万张照片学到通用知识，因此只需要少量你自己的图片。</translation>
    </message>
    <message>
        <source>weights|starting weights</source>
        <translation>权重|初始权重</translation>
    </message>
    <message>
        <source>The numbers inside a model that hold what it has learned.</source>
        <translation>模型内部的数值，它学到的一切都存在其中。</translation>
    </message>
    <message>
        <source>starter backbone|backbone</source>
        <translation>自带的骨干网络|内置骨干网络|骨干网络</translation>
    </message>
    <message>
        <source>The part of a model that turns an image into features; the starter one ships with the app and needs no network.</source>
        <translation>模型中把图片变成特征的部分；自带的骨干网络随应用提供，无需联网。</translation>
    </message>
    <message>
        <source>frozen stages|frozen|freezing</source>
        <translation>冻结阶段数|冻结</translation>
    </message>
    <message>
        <source>Kept as they are: they do not learn, which is faster and needs fewer images.</source>
        <translation>保持原样、不参与学习：这样更快，需要的图片也更少。</translation>
    </message>
    <message>
        <source>stage|stages</source>
        <translation>阶段</translation>
    </message>
    <message>
        <source>One of the parts of a model that an image goes through, from simple edges to whole things.</source>
        <translation>图片在模型中依次经过的部分，从简单的边缘到完整的物体。</translation>
    </message>
    <message>
        <source>parameters</source>
        <translation>参数量|参数</translation>
    </message>
    <message>
        <source>The numbers a model learns: how large its file is.</source>
        <translation>模型学习的数值：决定文件有多大。</translation>
    </message>
    <message>
        <source>MACs|multiply-accumulates|work per image</source>
        <translation>乘加运算量|乘加|计算量|MACs</translation>
    </message>
    <message>
        <source>Multiplications for one image: how slow a model is.</source>
        <translation>处理一张图片要做的乘法次数：决定模型有多慢。</translation>
    </message>
    <message>
        <source>augmentation</source>
        <translation>数据增强</translation>
    </message>
    <message>
        <source>Changing the images a little at every pass, so that the model learns what matters and not the very pixels.</source>
        <translation>每一轮都把图片稍作变化，让模型学到要点，而不是记住像素。</translation>
    </message>
    <message>
        <source>learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>How large the steps of learning are: too small takes long, too large learns nothing.</source>
        <translation>每一步学习的幅度：太小则慢，太大则什么也学不到。</translation>
    </message>
    <message>
        <source>batch|batches|batch size</source>
        <translation>批量|批大小</translation>
    </message>
    <message>
        <source>How many images are looked at before each step of learning.</source>
        <translation>每学习一步之前看多少张图片。</translation>
    </message>
    <message>
        <source>mixed precision|mixed 16/32 bit</source>
        <translation>混合精度|混合 16/32 位</translation>
    </message>
    <message>
        <source>Reckoning with shorter numbers where that does no harm: faster, with less memory.</source>
        <translation>在无碍之处用较短的数计算：更快，也更省内存。</translation>
    </message>
    <message>
        <source>dropout</source>
        <translation>随机失活|Dropout</translation>
    </message>
    <message>
        <source>Leaving out parts of the model at random while learning, so that it does not learn by heart.</source>
        <translation>学习时随机关闭模型的一部分，避免死记硬背。</translation>
    </message>
    <message>
        <source>label smoothing</source>
        <translation>标签平滑</translation>
    </message>
    <message>
        <source>Asking for a little less than full certainty, so that the model does not become too sure.</source>
        <translation>要求模型不必百分之百肯定，避免它过于自信。</translation>
    </message>
    <message>
        <source>teacher|distillation</source>
        <translation>教师|知识蒸馏</translation>
    </message>
    <message>
        <source>A larger trained model whose answers a smaller one learns from.</source>
        <translation>一个较大的已训练模型，较小的模型向它的回答学习。</translation>
    </message>
    <message>
        <source>overfitting</source>
        <translation>过拟合</translation>
    </message>
    <message>
        <source>Learning the images by heart: right on those it knows, wrong on new ones.</source>
        <translation>死记硬背：见过的图片都对，新图片却答错。</translation>
    </message>
    <message>
        <source>Grad-CAM|CAM</source>
        <translation>Grad-CAM|CAM</translation>
    </message>
    <message>
        <source>A map of the places that raised the score of a class. It shows where, not why.</source>
        <translation>标出哪些位置提高了某类别得分的图。它告诉你在哪里，不告诉你为什么。</translation>
    </message>
    <message>
        <source>squeeze-and-excitation|SE blocks|SE block|channels</source>
        <translation>压缩激励|压缩与激励|SE 模块|通道</translation>
    </message>
    <message>
        <source>A model looks at an image through many channels, each for some pattern; such a block turns each up or down.</source>
        <translation>模型通过许多通道看图片，每个通道对应某种图案；这类模块把各通道调高或调低。</translation>
    </message>
    <message>
        <source>features</source>
        <translation>特征</translation>
    </message>
    <message>
        <source>What a model notes of an image before it answers: a long list of numbers.</source>
        <translation>模型作答之前对图片的记录：一长串数值。</translation>
    </message>
    <message>
        <source>ONNX</source>
        <translation>ONNX</translation>
    </message>
    <message>
        <source>An open file format for models that programs on all systems can run.</source>
        <translation>一种开放的模型文件格式，各种系统上的程序都能运行。</translation>
    </message>
    <message>
        <source>TorchScript|PyTorch</source>
        <translation>TorchScript|PyTorch</translation>
    </message>
    <message>
        <source>The library that the app trains with; its files are for people who program with it.</source>
        <translation>应用训练时所用的程序库；这类文件供用它编程的人使用。</translation>
    </message>
    <message>
        <source>Core ML</source>
        <translation>Core ML</translation>
    </message>
    <message>
        <source>Apple&apos;s format for models in apps on iPhones, iPads and Macs.</source>
        <translation>Apple 的模型格式，用于 iPhone、iPad 和 Mac 上的应用。</translation>
    </message>
    <message>
        <source>TFLite|LiteRT</source>
        <translation>TFLite|LiteRT</translation>
    </message>
    <message>
        <source>A format for models in apps on phones and on small devices.</source>
        <translation>用于手机应用和小型设备的模型格式。</translation>
    </message>
    <message>
        <source>OpenVINO</source>
        <translation>OpenVINO</translation>
    </message>
    <message>
        <source>Intel&apos;s format, quick on Intel processors.</source>
        <translation>Intel 的格式，在 Intel 处理器上运行很快。</translation>
    </message>
    <message>
        <source>int8|8-bit|8 bits|quantized|quantization</source>
        <translation>int8|8 位|量化</translation>
    </message>
    <message>
        <source>Numbers rounded to 256 steps: a quarter of the size and often faster, at the cost of some accuracy.</source>
        <translation>把数值取整为 256 级：体积只有四分之一，往往更快，代价是损失少许准确率。</translation>
    </message>
    <message>
        <source>32-bit|32 bits|full precision</source>
        <translation>32 位|全精度</translation>
    </message>
    <message>
        <source>The numbers as they were learned, without rounding.</source>
        <translation>学习所得的数值，不做取整。</translation>
    </message>
    <message>
        <source>half precision|16-bit|16 bits</source>
        <translation>半精度|16 位</translation>
    </message>
    <message>
        <source>Numbers with half as many digits: half the size, nearly the same answers.</source>
        <translation>位数减半的数值：体积减半，回答几乎不变。</translation>
    </message>
    <message>
        <source>certificate</source>
        <translation>证书</translation>
    </message>
    <message>
        <source>What was measured after the export: the file&apos;s answers beside those of the app.</source>
        <translation>导出之后的实测结果：文件的回答与应用的回答逐一对照。</translation>
    </message>
    <message>
        <source>median</source>
        <translation>中位数</translation>
    </message>
    <message>
        <source>The middle one: half of the values are smaller, half are larger.</source>
        <translation>居中的数值：一半比它小，一半比它大。</translation>
    </message>
    <message>
        <source>95th percentile|percentile</source>
        <translation>第 95 百分位|百分位</translation>
    </message>
    <message>
        <source>Of 100 values, 95 are smaller than this one.</source>
        <translation>100 个数值中有 95 个比它小。</translation>
    </message>
    <message>
        <source>latency</source>
        <translation>延迟</translation>
    </message>
    <message>
        <source>The time until the answer to one image is there.</source>
        <translation>一张图片从送入到得到回答的时间。</translation>
    </message>
    <message>
        <source>images/s</source>
        <translation>图片/秒|张/秒</translation>
    </message>
    <message>
        <source>Images handled in a second.</source>
        <translation>每秒处理的图片数。</translation>
    </message>
    <message>
        <source>GPU|CUDA</source>
        <translation>GPU|CUDA|图形处理器</translation>
    </message>
    <message>
        <source>A graphics processor: trains many times faster than the main processor.</source>
        <translation>图形处理器：训练速度比主处理器快许多倍。</translation>
    </message>
    <message>
        <source>seed</source>
        <translation>随机种子|种子</translation>
    </message>
    <message>
        <source>A number that begins all chance: the same one gives the same result again.</source>
        <translation>一切随机过程的起点：相同的种子会再次给出相同的结果。</translation>
    </message>
    <message>
        <source>convolution|depthwise</source>
        <translation>卷积</translation>
    </message>
    <message>
        <source>A small filter moved over the whole image, looking for the same pattern everywhere.</source>
        <translation>在整张图片上移动的小滤镜，在各处寻找同一种图案。</translation>
    </message>
    <message>
        <source>leak|leaks</source>
        <translation>泄漏</translation>
    </message>
    <message>
        <source>The same image on both sides of a check: the figures are then better than the truth.</source>
        <translation>同一张图片既用于学习又用于检查：这样得到的数字会比实际好看。</translation>
    </message>
    <message>
        <source>weighted sampling|class weights|effective-number weights</source>
        <translation>加权采样|类别权重|有效数权重</translation>
    </message>
    <message>
        <source>Ways to let rare classes count as much as common ones.</source>
        <translation>让少见类别与常见类别同样受重视的方法。</translation>
    </message>
    <message>
        <source>EfficientNet</source>
        <translation>EfficientNet</translation>
    </message>
    <message>
        <source>A family of models from 2019 that gets much accuracy out of little work; B0 is small, B7 is large.</source>
        <translation>2019 年提出的一系列模型，用较少的计算得到较高的准确率；B0 小，B7 大。</translation>
    </message>
    <message>
        <source>ResNet|ResNeXt|DenseNet|MobileNet|ConvNeXt</source>
        <translation>ResNet|ResNeXt|DenseNet|MobileNet|ConvNeXt</translation>
    </message>
    <message>
        <source>A family of models: another way to build a network that recognises images.</source>
        <translation>一类模型：构建图像识别网络的另一种方式。</translation>
    </message>
    <message>
        <source>MBConv|Fused-MBConv</source>
        <translation>MBConv|Fused-MBConv</translation>
    </message>
    <message>
        <source>The building block of EfficientNet: widens the image&apos;s channels, filters each, weighs them, and narrows them again.</source>
        <translation>EfficientNet 的基本模块：先扩展通道，逐通道滤波并加权，再压缩回去。</translation>
    </message>
    <message>
        <source>HiResCAM|LayerCAM|Score-CAM|Grad-CAM++|Eigen-CAM</source>
        <translation>HiResCAM|LayerCAM|Score-CAM|Grad-CAM++|Eigen-CAM</translation>
    </message>
    <message>
        <source>Another way to map which places spoke for the answer.</source>
        <translation>另一种标出哪些位置支持该回答的方法。</translation>
    </message>
    <message>
        <source>stem</source>
        <translation>起始层</translation>
    </message>
    <message>
        <source>The first part of a model, which the image enters.</source>
        <translation>模型的第一部分，图片由此进入。</translation>
    </message>
    <message>
        <source>layer|layers</source>
        <translation>层</translation>
    </message>
    <message>
        <source>One step of the many in which a model works an image over.</source>
        <translation>模型分许多步处理图片，其中的一步就是一层。</translation>
    </message>
    <message>
        <source>gradient</source>
        <translation>梯度</translation>
    </message>
    <message>
        <source>In which direction, and how strongly, learning changes the model.</source>
        <translation>学习会朝哪个方向、以多大力度改变模型。</translation>
    </message>
    <message>
        <source>steps|step</source>
        <translation>步数|步</translation>
    </message>
    <message>
        <source>Learning goes in steps: after each few images the model changes a little.</source>
        <translation>学习是一步一步进行的：每看过几张图片，模型就改变一点。</translation>
    </message>
    <message>
        <source>p =</source>
        <translation>p =</translation>
    </message>
    <message>
        <source>How often chance alone would give so large a difference; below 0.05 it is hardly chance.</source>
        <translation>纯属偶然也会出现这么大差异的概率；低于 0.05 时，就不大像是偶然了。</translation>
    </message>
    <message>
        <source>percentage points|points lost</source>
        <translation>个百分点|百分点</translation>
    </message>
    <message>
        <source>The difference of two percentages: from 90 % to 88 % are two points.</source>
        <translation>两个百分数之差：从 90 % 到 88 % 相差两个百分点。</translation>
    </message>
    <message>
        <source>raw scores</source>
        <translation>原始得分|原始分数</translation>
    </message>
    <message>
        <source>The model&apos;s numbers before they become chances that add up to 100 %.</source>
        <translation>模型给出的数值，还没有换算成合计为 100 % 的概率。</translation>
    </message>
    <message>
        <source>energy</source>
        <translation>能量</translation>
    </message>
    <message>
        <source>A measure of how familiar an image looks to the model, from all its scores together.</source>
        <translation>由全部得分算出的一个量，表示图片对模型来说有多熟悉。</translation>
    </message>
    <message>
        <source>imbalance</source>
        <translation>不均衡|不平衡</translation>
    </message>
    <message>
        <source>Some classes have many more images than others.</source>
        <translation>有些类别的图片比其他类别多得多。</translation>
    </message>
    <message>
        <source>CSV</source>
        <translation>CSV</translation>
    </message>
    <message>
        <source>A table as plain text that every spreadsheet opens.</source>
        <translation>纯文本形式的表格，任何电子表格软件都能打开。</translation>
    </message>
    <message>
        <source>proxy</source>
        <translation>代理</translation>
    </message>
    <message>
        <source>A computer of your network through which others reach the internet.</source>
        <translation>你所在网络中的一台计算机，其他计算机通过它访问互联网。</translation>
    </message>
    <message>
        <source>mirror</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>A copy of the files at another address, such as one inside your organisation.</source>
        <translation>同样的文件放在另一个地址，例如你单位内部。</translation>
    </message>
    <message>
        <source>onnxruntime</source>
        <translation>onnxruntime</translation>
    </message>
    <message>
        <source>The program that runs ONNX files.</source>
        <translation>运行 ONNX 文件的程序。</translation>
    </message>
    <message>
        <source>Docker</source>
        <translation>Docker</translation>
    </message>
    <message>
        <source>A way to run a program on a server with everything it needs in one package.</source>
        <translation>把程序和它所需的一切打成一个包，在服务器上运行的方式。</translation>
    </message>
    <message>
        <source>GiB</source>
        <translation>GiB</translation>
    </message>
    <message>
        <source>A measure of memory: about 1.07 billion bytes.</source>
        <translation>内存的单位：约 10.7 亿字节。</translation>
    </message>
    <message>
        <source>architecture|architectures</source>
        <translation>结构|架构</translation>
    </message>
    <message>
        <source>How a model is built: which stages, how wide and how many.</source>
        <translation>模型的构造方式：有哪些阶段、多宽、多少个。</translation>
    </message>
</context>
<context>
    <name>GpuPacker</name>
    <message>
        <source>Installing the GPU pack</source>
        <translation>正在安装 GPU 包</translation>
    </message>
    <message>
        <source>The GPU pack is installed. Close the app and start it again.</source>
        <translation>GPU 包已安装。请关闭应用，然后重新启动。</translation>
    </message>
    <message>
        <source>The GPU pack was removed.</source>
        <translation>GPU 包已移除。</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) are missing or damaged. Remove the pack, and install it again.</source>
        <translation>
            <numerusform>%Ln 个文件缺失或损坏。请移除 GPU 包后重新安装。</numerusform>
        </translation>
    </message>
    <message>
        <source>Every file is whole.</source>
        <translation>所有文件完好。</translation>
    </message>
    <message>
        <source>One of the pack&apos;s files, or a zip file with all of them</source>
        <translation>GPU 包的任一文件，或包含全部文件的 zip 文件</translation>
    </message>
    <message>
        <source>Files of the GPU pack (*.whl *.zip)</source>
        <translation>GPU 包的文件 (*.whl *.zip)</translation>
    </message>
    <message>
        <source>Copied: the files&apos; addresses and checksums. Fetch them with another computer into one folder.</source>
        <translation>已复制：各文件的下载地址和校验和。请用另一台电脑把它们下载到同一个文件夹。</translation>
    </message>
    <message>
        <source>Checking the GPU pack</source>
        <translation>正在检查 GPU 包</translation>
    </message>
    <message>
        <source>Removing the GPU pack</source>
        <translation>正在移除 GPU 包</translation>
    </message>
</context>
<context>
    <name>GuideContents</name>
    <message>
        <source>No page has all of these words. Try fewer, or only part of a word.</source>
        <translation>没有页面同时包含这些词。请减少词语，或只输入词的一部分。</translation>
    </message>
    <message>
        <source>Search the guide</source>
        <translation>搜索指南</translation>
    </message>
    <message>
        <source>Search all pages (Ctrl+F)</source>
        <translation>搜索所有页面 (Ctrl+F)</translation>
    </message>
    <message>
        <source>Contents</source>
        <translation>目录</translation>
    </message>
    <message>
        <source>Pages found</source>
        <translation>找到的页面</translation>
    </message>
</context>
<context>
    <name>GuidePage</name>
    <message>
        <source>Guide</source>
        <translation>指南</translation>
    </message>
    <message>
        <source>Back (Alt+Left)</source>
        <translation>后退 (Alt+左方向键)</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>后退</translation>
    </message>
    <message>
        <source>Forward (Alt+Right)</source>
        <translation>前进 (Alt+右方向键)</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>前进</translation>
    </message>
</context>
<context>
    <name>GuideReader</name>
    <message>
        <source>This page does not exist</source>
        <translation>没有这个页面</translation>
    </message>
    <message>
        <source>Choose one from the list.</source>
        <translation>请从列表中选择一个页面。</translation>
    </message>
    <message>
        <source>This page is not translated yet; here it is in English.</source>
        <translation>本页尚未翻译，以下为英文原文。</translation>
    </message>
    <message>
        <source>Guide</source>
        <translation>指南</translation>
    </message>
</context>
<context>
    <name>HelpMark</name>
    <message>
        <source>Guide</source>
        <translation>指南</translation>
    </message>
    <message>
        <source>What is this? {title}</source>
        <translation>这是什么？{title}</translation>
    </message>
</context>
<context>
    <name>HistoryPanel</name>
    <message>
        <source>Copy report</source>
        <translation>复制报告</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>Job history</source>
        <translation>任务历史</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清空</translation>
    </message>
    <message>
        <source>Empty this list; nothing else is deleted</source>
        <translation>清空此列表；不会删除其他任何内容</translation>
    </message>
    <message>
        <source>Close the job history</source>
        <translation>关闭任务历史</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>关闭 (Esc)</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Go to the page that shows the result</source>
        <translation>转到显示结果的页面</translation>
    </message>
    <message>
        <source>Nothing has run yet</source>
        <translation>还没有运行过任务</translation>
    </message>
    <message>
        <source>Reading images, training, exports: what they came to is listed here, and stays after the app is closed.</source>
        <translation>读取图片、训练、导出：它们的结果都会列在这里，关闭应用后也会保留。</translation>
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
        <source>{deed} “{name}”</source>
        <translation>{deed}“{name}”</translation>
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
        <source>No image fits these filters</source>
        <translation>没有符合这些筛选条件的图片</translation>
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
        <translation>按数据划分着色</translation>
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
        <translation>重新生成图片分布图</translation>
    </message>
    <message>
        <source>Map of {n} images; similar ones are close together</source>
        <translation>{n} 张图片的分布图；相似的图片彼此靠近</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Back to the map</source>
        <translation>返回分布图</translation>
    </message>
    <message>
        <source>All images at a glance</source>
        <translation>一张图看遍所有图片</translation>
    </message>
    <message>
        <source>The map puts images that are alike beside each other, so that odd ones and wrong labels stand out.</source>
        <translation>分布图把相似的图片放在一起，异常的图片和错误的标签一目了然。</translation>
    </message>
    <message>
        <source>Make the map</source>
        <translation>生成分布图</translation>
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
        <source>{width} × {height} pixels</source>
        <translation>{width} × {height} 像素</translation>
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
        <source>File size</source>
        <translation>文件大小</translation>
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
    <message>
        <source>Looking through the folder…</source>
        <translation>正在查看文件夹…</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%Ln 个文件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%Ln 张图片</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) cannot be used</source>
        <translation>
            <numerusform>%Ln 个文件无法使用</numerusform>
        </translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
</context>
<context>
    <name>JobBar</name>
    <message>
        <source>Job history</source>
        <translation>任务历史</translation>
    </message>
    <message>
        <source>Job history (Ctrl+H)</source>
        <translation>任务历史 (Ctrl+H)</translation>
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
    <name>Keys</name>
    <message>
        <source>Arrow keys</source>
        <translation>方向键</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>任何位置</translation>
    </message>
    <message>
        <source>Images in a grid</source>
        <translation>图片网格</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>One image, opened</source>
        <translation>打开的单张图片</translation>
    </message>
    <message>
        <source>Picture that can be zoomed</source>
        <translation>可缩放的图片</translation>
    </message>
    <message>
        <source>Map of the images</source>
        <translation>图片分布图</translation>
    </message>
    <message>
        <source>Confusion matrix</source>
        <translation>混淆矩阵</translation>
    </message>
    <message>
        <source>Charts</source>
        <translation>图表</translation>
    </message>
    <message>
        <source>Curve with a threshold</source>
        <translation>带阈值的曲线</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Trained models</source>
        <translation>训练好的模型</translation>
    </message>
    <message>
        <source>Checking answers on Predict</source>
        <translation>在“预测”页核对答案</translation>
    </message>
    <message>
        <source>Command list</source>
        <translation>命令列表</translation>
    </message>
    <message>
        <source>Predict page</source>
        <translation>预测页</translation>
    </message>
    <message>
        <source>Settings page</source>
        <translation>设置页</translation>
    </message>
    <message>
        <source>Guide page</source>
        <translation>指南页</translation>
    </message>
    <message>
        <source>Next, previous control</source>
        <translation>下一个、上一个控件</translation>
    </message>
    <message>
        <source>Press the button with the frame</source>
        <translation>按下带焦点框的按钮</translation>
    </message>
    <message>
        <source>Close a dialog or a page beside</source>
        <translation>关闭对话框或辅助页面</translation>
    </message>
    <message>
        <source>Show the letters of the menus</source>
        <translation>显示菜单的字母</translation>
    </message>
    <message>
        <source>Choose a command</source>
        <translation>选择命令</translation>
    </message>
    <message>
        <source>Do it</source>
        <translation>执行</translation>
    </message>
    <message>
        <source>Open the chosen image</source>
        <translation>打开所选图片</translation>
    </message>
    <message>
        <source>Choose all images</source>
        <translation>选择所有图片</translation>
    </message>
    <message>
        <source>Choose several images</source>
        <translation>选择多张图片</translation>
    </message>
    <message>
        <source>Give the first to ninth class</source>
        <translation>指定为第一至第九个类别</translation>
    </message>
    <message>
        <source>Leave the chosen images out</source>
        <translation>排除所选图片</translation>
    </message>
    <message>
        <source>Choose nothing</source>
        <translation>取消选择</translation>
    </message>
    <message>
        <source>Open the group</source>
        <translation>打开该组</translation>
    </message>
    <message>
        <source>Previous, next image</source>
        <translation>上一张、下一张图片</translation>
    </message>
    <message>
        <source>Back to the grid</source>
        <translation>返回网格</translation>
    </message>
    <message>
        <source>Larger, smaller</source>
        <translation>放大、缩小</translation>
    </message>
    <message>
        <source>Show the whole picture</source>
        <translation>显示整张图片</translation>
    </message>
    <message>
        <source>Move the picture</source>
        <translation>移动图片</translation>
    </message>
    <message>
        <source>Show the whole map</source>
        <translation>显示整张图谱</translation>
    </message>
    <message>
        <source>Show the chosen images</source>
        <translation>显示所选图片</translation>
    </message>
    <message>
        <source>Go from cell to cell</source>
        <translation>在单元格之间移动</translation>
    </message>
    <message>
        <source>Show the images of the cell</source>
        <translation>显示该单元格的图片</translation>
    </message>
    <message>
        <source>Go from point to point</source>
        <translation>在数据点之间移动</translation>
    </message>
    <message>
        <source>First, last point</source>
        <translation>第一个、最后一个点</translation>
    </message>
    <message>
        <source>Show the images behind a bar</source>
        <translation>显示柱形对应的图片</translation>
    </message>
    <message>
        <source>Lower, raise the threshold</source>
        <translation>降低、提高阈值</translation>
    </message>
    <message>
        <source>Copy what is chosen, or all of it</source>
        <translation>复制所选内容；未选择时复制全部</translation>
    </message>
    <message>
        <source>Delete the run; it can be put back</source>
        <translation>删除该次训练（可以恢复）</translation>
    </message>
    <message>
        <source>What can be done with the run</source>
        <translation>可对该次训练进行的操作</translation>
    </message>
    <message>
        <source>Paste an image, or image files</source>
        <translation>粘贴一张图片或图片文件</translation>
    </message>
    <message>
        <source>The answer is right; next image</source>
        <translation>答案正确；下一张图片</translation>
    </message>
    <message>
        <source>Back to the image before</source>
        <translation>返回上一张图片</translation>
    </message>
    <message>
        <source>It is the first to ninth class</source>
        <translation>属于第一至第九个类别</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Page before, page after</source>
        <translation>上一个、下一个页面</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>功能</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
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
        <translation>挑选待标注的图片</translation>
    </message>
</context>
<context>
    <name>LastCheckButton</name>
    <message>
        <source>Moves training images of each class to a test part, which no training sees and no choice is made by. Models trained before have seen them: train again before you check. It can be undone.</source>
        <translation>将每个类别的一部分训练图片移到测试部分，训练不会用到它们，也不会据此做任何选择。之前训练的模型已经见过这些图片：检验前请重新训练。此操作可以撤销。</translation>
    </message>
    <message>
        <source>Keep some for a last check</source>
        <translation>留一些作最后检验</translation>
    </message>
    <message>
        <source>{share} of each class</source>
        <translation>每个类别的 {share}</translation>
    </message>
</context>
<context>
    <name>LearningKeeper</name>
    <message>
        <source>Finding out whether more images would help</source>
        <translation>判断更多图片是否有帮助</translation>
    </message>
</context>
<context>
    <name>LearningTable</name>
    <message>
        <source>unsure</source>
        <translation>不确定</translation>
    </message>
    <message numerus="yes">
        <source>Too few validation images of this class to tell: %n</source>
        <translation>
            <numerusform>该类别的验证图片太少，无法判断：%Ln 张</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>On %n validation image(s)</source>
        <translation>
            <numerusform>基于 %Ln 张验证图片</numerusform>
        </translation>
    </message>
    <message>
        <source>Between {low} and {high} more right answers in 100: too uncertain to count on</source>
        <translation>每 100 张多答对 {low} 到 {high} 张：不确定性太大，不能作数</translation>
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
        <source>The same with more training images of each class, and in brackets between which two it would be in 95 of 100 trainings</source>
        <translation>每个类别增加训练图片后的召回率；括号内是 100 次训练中有 95 次所在的范围</translation>
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
    <name>MainWindow</name>
    <message>
        <source>You can look at everything here, but change nothing.</source>
        <translation>这里可以查看所有内容，但不能修改。</translation>
    </message>
    <message>
        <source>The project is open in another window (on {host}).</source>
        <translation>项目已在另一个窗口中打开（{host}）。</translation>
    </message>
    <message>
        <source>You can look at everything here; changes are made in the other window.</source>
        <translation>这里可以查看所有内容；修改请在另一个窗口中进行。</translation>
    </message>
</context>
<context>
    <name>MapFoot</name>
    <message numerus="yes">
        <source>%n image(s) are not on the map yet: make it again.</source>
        <translation>
            <numerusform>还有 %Ln 张图片不在分布图上：请重新生成。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>已选 %Ln 张</numerusform>
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
        <translation>生成分布图</translation>
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
    <message>
        <source>{stage}, block {number}</source>
        <translation>{stage}，第 {number} 个模块</translation>
    </message>
    <message>
        <source>the terms of the training images, ImageNet-1K, may apply</source>
        <translation>可能还须遵守训练图片集 ImageNet-1K 的条款</translation>
    </message>
    <message>
        <source>ImageNet-1K validation, single crop</source>
        <translation>ImageNet-1K 验证集，单次裁剪</translation>
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
    <name>NetworkCard</name>
    <message>
        <source>Hide the connections</source>
        <translation>收起连接记录</translation>
    </message>
    <message>
        <source>Show the last {shown} of {count} connections</source>
        <translation>显示最近 {shown} 条连接记录（共 {count} 条）</translation>
    </message>
    <message>
        <source>Show every connection ({count})</source>
        <translation>显示所有连接记录（{count} 条）</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Nothing of yours leaves this computer: no images, no results, no statistics.</source>
        <translation>你的任何内容都不会离开这台电脑：不传图片、不传结果、不传统计数据。</translation>
    </message>
    <message>
        <source>The app only fetches what is listed here, when you use what needs it, and writes every connection down.</source>
        <translation>应用只会在你用到相关功能时下载下列内容，并记录每一次连接。</translation>
    </message>
    <message>
        <source>Downloads go through the proxy {proxy}.</source>
        <translation>下载经由代理 {proxy}。</translation>
    </message>
    <message>
        <source>Servers that the app can ask</source>
        <translation>应用可能访问的服务器</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>{what}: {name}</source>
        <translation>{what}：{name}</translation>
    </message>
    <message>
        <source>Connections, the newest first</source>
        <translation>连接记录，最新的在前</translation>
    </message>
    <message>
        <source>What for</source>
        <translation>用途</translation>
    </message>
    <message>
        <source>Last time</source>
        <translation>最近一次</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>已接收</translation>
    </message>
    <message>
        <source>never</source>
        <translation>从未</translation>
    </message>
    <message>
        <source>{when} ({ended})</source>
        <translation>{when}（{ended}）</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message>
        <source>Show</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Undone: {what}</source>
        <translation>已撤销：{what}</translation>
    </message>
    <message>
        <source>Done again: {what}</source>
        <translation>已重做：{what}</translation>
    </message>
</context>
<context>
    <name>Outcome</name>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>Made, but not good enough</source>
        <translation>已生成，但未达到要求</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>{accuracy} right</source>
        <translation>准确率 {accuracy}</translation>
    </message>
    <message>
        <source>Failed – {title}</source>
        <translation>失败 – {title}</translation>
    </message>
    <message>
        <source>Stopped – {title}</source>
        <translation>已停止 – {title}</translation>
    </message>
    <message>
        <source>Made, but not good enough – {title}</source>
        <translation>已生成，但未达到要求 – {title}</translation>
    </message>
    <message>
        <source>Finished – {title}</source>
        <translation>已完成 – {title}</translation>
    </message>
    <message>
        <source>Training failed</source>
        <translation>训练失败</translation>
    </message>
    <message>
        <source>Training stopped</source>
        <translation>训练已停止</translation>
    </message>
    <message>
        <source>Training finished</source>
        <translation>训练完成</translation>
    </message>
    <message>
        <source>Training finished: {accuracy} right</source>
        <translation>训练完成：准确率 {accuracy}</translation>
    </message>
    <message>
        <source>It took {time}.</source>
        <translation>用时 {time}。</translation>
    </message>
</context>
<context>
    <name>PackBanner</name>
    <message>
        <source>The GPU pack was switched off after a failure.</source>
        <translation>GPU 包出错，已停用。</translation>
    </message>
    <message>
        <source>Training runs on the processor for now. The Doctor says what happened and what to do.</source>
        <translation>目前在处理器上训练。“系统诊断”会说明原因和处理办法。</translation>
    </message>
    <message>
        <source>Training runs on the processor until the new one is installed in the Doctor.</source>
        <translation>在“系统诊断”中安装新包之前，将在处理器上训练。</translation>
    </message>
    <message>
        <source>The GPU pack belongs to an earlier version of the app.</source>
        <translation>GPU 包属于应用的旧版本。</translation>
    </message>
    <message>
        <source>Open the Doctor</source>
        <translation>打开系统诊断</translation>
    </message>
</context>
<context>
    <name>PackCard</name>
    <message>
        <source>Copied: {address}</source>
        <translation>已复制：{address}</translation>
    </message>
    <message>
        <source>GPU pack</source>
        <translation>GPU 包</translation>
    </message>
    <message>
        <source>Installed, but not used.</source>
        <translation>已安装，但未使用。</translation>
    </message>
    <message>
        <source>In use.</source>
        <translation>正在使用。</translation>
    </message>
    <message>
        <source>Installed. It is used from the next start on.</source>
        <translation>已安装，下次启动时开始使用。</translation>
    </message>
    <message>
        <source>Switched off after a failure.</source>
        <translation>出错，已停用。</translation>
    </message>
    <message>
        <source>With it the app computes on the {card}.</source>
        <translation>安装后，应用可用 {card} 计算。</translation>
    </message>
    <message>
        <source>With it the app computes on the graphics card.</source>
        <translation>安装后，应用可用显卡计算。</translation>
    </message>
    <message>
        <source>Not used on this computer.</source>
        <translation>这台电脑不使用它。</translation>
    </message>
    <message>
        <source>PyTorch {torch} with CUDA {cuda}, {size} on disk.</source>
        <translation>PyTorch {torch}，CUDA {cuda}，占用磁盘 {size}。</translation>
    </message>
    <message>
        <source>It takes {size} of disk.</source>
        <translation>占用磁盘 {size}。</translation>
    </message>
    <message>
        <source>{size} of it were downloaded and take room.</source>
        <translation>已下载 {size}，占用磁盘空间。</translation>
    </message>
    <message>
        <source>The card needs NVIDIA&apos;s newest driver first: {address}.</source>
        <translation>请先为显卡安装最新的 NVIDIA 驱动程序：{address}。</translation>
    </message>
    <message>
        <source>The one that is here belongs to an earlier version of the app; it is removed when the new one is installed.</source>
        <translation>现有的 GPU 包属于应用的旧版本；安装新包时会将其移除。</translation>
    </message>
    <message>
        <source>Training is many times as fast there as on the processor. The pack is PyTorch&apos;s build for NVIDIA cards, with NVIDIA&apos;s own libraries, each under its maker&apos;s licence.</source>
        <translation>用显卡训练比用处理器快许多倍。GPU 包是面向 NVIDIA 显卡的 PyTorch 版本，附带 NVIDIA 自己的库，各自遵循其开发者的许可。</translation>
    </message>
    <message>
        <source>Download: {download}. On disk: {disk}. It can be removed again.</source>
        <translation>下载 {download}，占用磁盘 {disk}，以后可以移除。</translation>
    </message>
    <message>
        <source>{size} are here already.</source>
        <translation>已下载 {size}。</translation>
    </message>
    <message>
        <source>Remove it from this computer? To use it again, it has to be downloaded again. Images, projects and models stay.</source>
        <translation>要从这台电脑移除吗？再次使用时需要重新下载。图片、项目和模型都会保留。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Copy the driver&apos;s address</source>
        <translation>复制驱动程序的网址</translation>
    </message>
    <message>
        <source>Go on with the download</source>
        <translation>继续下载</translation>
    </message>
    <message>
        <source>Download and install</source>
        <translation>下载并安装</translation>
    </message>
    <message>
        <source>Install from files…</source>
        <translation>从文件安装…</translation>
    </message>
    <message>
        <source>Copy the list of files</source>
        <translation>复制文件清单</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Check the files</source>
        <translation>检查文件</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>移除…</translation>
    </message>
    <message>
        <source>{sentence}.</source>
        <translation>{sentence}。</translation>
    </message>
</context>
<context>
    <name>PreferenceRow</name>
    <message>
        <source>Back to the default</source>
        <translation>恢复默认值</translation>
    </message>
    <message>
        <source>{title}: back to the default</source>
        <translation>{title}：恢复默认值</translation>
    </message>
</context>
<context>
    <name>Preferences</name>
    <message>
        <source>Look and language</source>
        <translation>外观与语言</translation>
    </message>
    <message>
        <source>Start and notices</source>
        <translation>启动与通知</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Light or dark colours. High contrast makes text, edges and the focus as clear as possible.</source>
        <translation>浅色或深色。高对比度让文字、边框和焦点尽可能清晰。</translation>
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
        <source>High contrast, light</source>
        <translation>高对比度（浅色）</translation>
    </message>
    <message>
        <source>High contrast, dark</source>
        <translation>高对比度（深色）</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>动态效果</translation>
    </message>
    <message>
        <source>Same as the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Whether the window is animated. Figures and progress are always shown as they change.</source>
        <translation>窗口是否使用动画效果。数字和进度始终实时显示。</translation>
    </message>
    <message>
        <source>On</source>
        <translation>开</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Of the whole window. The names of your classes stay as they are.</source>
        <translation>整个窗口的语言。类别名称保持不变。</translation>
    </message>
    <message>
        <source>Open the last project again</source>
        <translation>重新打开上次的项目</translation>
    </message>
    <message>
        <source>The app starts where you left it. Otherwise it starts with the welcome page.</source>
        <translation>启动时回到上次离开的地方；否则从欢迎页开始。</translation>
    </message>
    <message>
        <source>Tell me when long work ends</source>
        <translation>长时间的任务结束时告诉我</translation>
    </message>
    <message>
        <source>While you look at another app, your system shows a notice with the result.</source>
        <translation>使用其他应用时，系统会显示一条带有结果的通知。</translation>
    </message>
    <message>
        <source>Show the next steps</source>
        <translation>显示下一步提示</translation>
    </message>
    <message>
        <source>Ticks beside the pages where the work is done, and a note on what to do next.</source>
        <translation>在已完成的页面旁打勾，并提示下一步做什么。</translation>
    </message>
    <message>
        <source>New projects</source>
        <translation>新项目</translation>
    </message>
    <message>
        <source>Where the project of a new folder of images is made. Your images stay where they are.</source>
        <translation>用新的图片文件夹创建的项目保存在这里。图片留在原处。</translation>
    </message>
    <message>
        <source>Downloads</source>
        <translation>下载内容</translation>
    </message>
    <message>
        <source>Pre-trained weights and the images of the sample are kept here. What is missing comes again when it is needed; another folder starts empty.</source>
        <translation>预训练权重和示例图片保存在这里。缺少的内容会在需要时重新获取；换用其他文件夹时从空文件夹开始。</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>代理</translation>
    </message>
    <message>
        <source>The computer that downloads go through: http://host:port, or direct for none. A name and password in it are kept as plain text.</source>
        <translation>下载所经过的服务器：http://⁠主⁠机:⁠端⁠口，或填 direct 表示不使用代理。其中的用户名和密码以明文保存。</translation>
    </message>
    <message>
        <source>Mirror</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>Address of a folder with the weights files, such as one on your own server. The files of the GPU pack are looked for there first, too.</source>
        <translation>存放权重文件的文件夹地址，例如你自己的服务器上的文件夹。GPU 包的文件也会先在那里查找。</translation>
    </message>
</context>
<context>
    <name>PreparedDialog</name>
    <message>
        <source>Preparing images</source>
        <translation>预处理图片</translation>
    </message>
    <message>
        <source>Deleting prepared images</source>
        <translation>删除预处理图片</translation>
    </message>
    <message>
        <source>Prepared images</source>
        <translation>预处理图片</translation>
    </message>
    <message>
        <source>Training reads small copies that are made once. They are kept in the project and may be deleted at any time; your images are never touched.</source>
        <translation>训练时读取预先生成的小尺寸副本（只需生成一次）。它们保存在项目中，可随时删除；你的图片绝不会被改动。</translation>
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
        <source>These are not used. Your files are as they were; nothing was changed.</source>
        <translation>以下文件未被使用。你的文件保持原样，没有任何改动。</translation>
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
    <message>
        <source>Put a good copy in its place, or do without it.</source>
        <translation>用完好的副本替换它，或者不使用它。</translation>
    </message>
    <message>
        <source>Nothing: it is simply not used.</source>
        <translation>无需处理：它只是不会被使用。</translation>
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
    <message>
        <source>{rate}/s</source>
        <translation>{rate} 张/秒</translation>
    </message>
    <message>
        <source>{n}/s</source>
        <translation>{n}/秒</translation>
    </message>
</context>
<context>
    <name>QAbstractFileIconProvider</name>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
</context>
<context>
    <name>QFileDialog</name>
    <message>
        <source>&amp;Look in:</source>
        <translation>查找范围(&amp;L)：</translation>
    </message>
    <message>
        <source>Files of &amp;type:</source>
        <translation>文件类型(&amp;T)：</translation>
    </message>
</context>
<context>
    <name>QFileSystemModel</name>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
</context>
<context>
    <name>RecentList</name>
    <message>
        <source>Recent projects</source>
        <translation>最近的项目</translation>
    </message>
    <message>
        <source>Search projects</source>
        <translation>搜索项目</translation>
    </message>
    <message>
        <source>No recent project is called that.</source>
        <translation>最近的项目中没有这个名称。</translation>
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
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Find it…</source>
        <translation>查找…</translation>
    </message>
    <message>
        <source>Show its folder</source>
        <translation>打开所在文件夹</translation>
    </message>
    <message>
        <source>Take off this list</source>
        <translation>从列表中移除</translation>
    </message>
    <message>
        <source>Opened today</source>
        <translation>今天打开过</translation>
    </message>
    <message>
        <source>Opened yesterday</source>
        <translation>昨天打开过</translation>
    </message>
    <message numerus="yes">
        <source>Opened %n day(s) ago</source>
        <translation>
            <numerusform>%Ln 天前打开过</numerusform>
        </translation>
    </message>
    <message>
        <source>Opened on {day}</source>
        <translation>上次打开：{day}</translation>
    </message>
    <message>
        <source>Find {name}</source>
        <translation>查找 {name}</translation>
    </message>
    <message>
        <source>Choose the folder where the project is now</source>
        <translation>选择项目现在所在的文件夹</translation>
    </message>
    <message>
        <source>Take off this list (the project itself stays)</source>
        <translation>从列表中移除（项目本身保留）</translation>
    </message>
    <message>
        <source>Take {name} off this list</source>
        <translation>从列表中移除 {name}</translation>
    </message>
</context>
<context>
    <name>RecentWords</name>
    <message>
        <source>Its drive is not connected</source>
        <translation>所在的驱动器未连接</translation>
    </message>
    <message>
        <source>Its folder was moved or deleted</source>
        <translation>文件夹已被移动或删除</translation>
    </message>
    <message>
        <source>There is no project in its folder any more</source>
        <translation>文件夹中已没有项目</translation>
    </message>
    <message>
        <source>Get the newer EffNet Studio to open it</source>
        <translation>请用更新版本的 EffNet Studio 打开</translation>
    </message>
</context>
<context>
    <name>Recovery</name>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>复制报告</translation>
    </message>
    <message>
        <source>Go on from there</source>
        <translation>接着训练</translation>
    </message>
    <message>
        <source>Open it all the same</source>
        <translation>仍然打开</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>以后再说</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>知道了</translation>
    </message>
    <message>
        <source>The app ended unexpectedly twice in a row, so {project} was not opened again.</source>
        <translation>应用连续两次意外退出，因此没有再次打开 {project}。</translation>
    </message>
    <message>
        <source>The app ended unexpectedly while training.</source>
        <translation>应用在训练过程中意外退出。</translation>
    </message>
    <message>
        <source>The app ended unexpectedly while exporting.</source>
        <translation>应用在导出过程中意外退出。</translation>
    </message>
    <message>
        <source>The app ended unexpectedly while reading images.</source>
        <translation>应用在读取图片时意外退出。</translation>
    </message>
    <message>
        <source>The app ended unexpectedly during: {names}.</source>
        <translation>应用意外退出，当时正在进行：{names}。</translation>
    </message>
    <message>
        <source>The app ended unexpectedly.</source>
        <translation>应用意外退出。</translation>
    </message>
    <message>
        <source>Your files are as they were. Opening it may be the cause.</source>
        <translation>你的文件没有变化。问题可能出在打开这个项目时。</translation>
    </message>
    <message>
        <source>The training had only just begun; start it again.</source>
        <translation>训练刚刚开始，请重新开始。</translation>
    </message>
    <message>
        <source>Nothing half-written was left behind; start the export again.</source>
        <translation>没有留下不完整的文件，请重新导出。</translation>
    </message>
    <message>
        <source>The images are as they were before; import the folder again.</source>
        <translation>图片保持之前的状态，请重新导入文件夹。</translation>
    </message>
    <message>
        <source>Your project is as it was; that work can be started again.</source>
        <translation>项目没有变化，这项工作可以重新开始。</translation>
    </message>
    <message>
        <source>Nothing was lost: every change is saved at once.</source>
        <translation>没有任何丢失：每次更改都会立即保存。</translation>
    </message>
    <message>
        <source>{run}: everything up to epoch {epoch} of {epochs}, step {step}, is saved.</source>
        <translation>{run}：已保存到第 {epoch} 轮（共 {epochs} 轮）的第 {step} 步。</translation>
    </message>
    <message>
        <source>{run}: everything up to the end of epoch {done} of {epochs} is saved.</source>
        <translation>{run}：前 {done} 轮（共 {epochs} 轮）均已保存。</translation>
    </message>
    <message>
        <source>{run} had not got through a step yet; it can begin anew at once.</source>
        <translation>{run} 还没有完成任何一步，可以立即重新开始。</translation>
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
            <numerusform>%Ln 张图片；换成其他同类图片，数值将在 {low} 与 {high} 之间（95 %）。若处处同等关注，则为 {area}。</numerusform>
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
        <source>Times chance</source>
        <translation>与随机相比</translation>
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
        <translation>保存阈值</translation>
    </message>
</context>
<context>
    <name>ReportSaver</name>
    <message>
        <source>Save report</source>
        <translation>保存报告</translation>
    </message>
    <message>
        <source>Writing the report</source>
        <translation>撰写报告</translation>
    </message>
    <message>
        <source>Web page (*.html)</source>
        <translation>网页 (*.html)</translation>
    </message>
    <message>
        <source>Web page without images (*.html)</source>
        <translation>不含图片的网页 (*.html)</translation>
    </message>
    <message>
        <source>PDF (*.pdf)</source>
        <translation>PDF (*.pdf)</translation>
    </message>
    <message>
        <source>PDF without images (*.pdf)</source>
        <translation>不含图片的 PDF (*.pdf)</translation>
    </message>
    <message>
        <source>Model card (*.md)</source>
        <translation>模型卡 (*.md)</translation>
    </message>
</context>
<context>
    <name>RunCombo</name>
    <message>
        <source>Trained model</source>
        <translation>训练好的模型</translation>
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
        <source>You wrote this last time and did not save it.</source>
        <translation>这是你上次写下但没有保存的内容。</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Discard what was not saved</source>
        <translation>放弃未保存的内容</translation>
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
        <translation>从 {donor} 的 ImageNet 权重开始：整个网络的权重都可直接沿用。它在看到你的图片之前就已认识照片。</translation>
    </message>
    <message>
        <source>Starts from the ImageNet weights of {donor}: all its layers have weights, but it has fewer layers than {donor}, so only the first {whole} of {stages} stages work exactly as there.</source>
        <translation>从 {donor} 的 ImageNet 权重开始：所有层都有权重，但层数比 {donor} 少，因此 {stages} 个阶段中只有前 {whole} 个与原模型完全一致。</translation>
    </message>
    <message>
        <source>Starts from the ImageNet weights of {donor}: {share} of the network fits. The layers that {donor} does not have pass their input on at first, and learn from there.</source>
        <translation>从 {donor} 的 ImageNet 权重开始：网络中 {share} 的权重可直接沿用。{donor} 没有的层起初原样传递输入，再由此学习。</translation>
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
    <name>SelectionBar</name>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>已选 %Ln 张</numerusform>
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
        <translation>打开 {name}</translation>
    </message>
    <message>
        <source>Creating {name}</source>
        <translation>创建 {name}</translation>
    </message>
    <message>
        <source>Reading {name}</source>
        <translation>读取 {name}</translation>
    </message>
    <message>
        <source>Looking for changes</source>
        <translation>检查更改</translation>
    </message>
    <message>
        <source>Reading runs</source>
        <translation>读取训练记录</translation>
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
    <message>
        <source>epoch</source>
        <translation>轮</translation>
    </message>
    <message>
        <source>image</source>
        <translation>张图片</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>No setting is called “{query}”</source>
        <translation>没有与“{query}”匹配的设置</translation>
    </message>
    <message>
        <source>The search looks at names and explanations, in English and in Chinese.</source>
        <translation>搜索范围包括名称和说明，中英文均可。</translation>
    </message>
    <message>
        <source>Show all settings</source>
        <translation>显示所有设置</translation>
    </message>
    <message numerus="yes">
        <source>%n setting(s) reset.</source>
        <translation>
            <numerusform>已重置 %Ln 项设置。</numerusform>
        </translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Undo: bring my settings back</source>
        <translation>撤销：恢复之前的设置</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Changes take effect immediately.</source>
        <translation>更改立即生效。</translation>
    </message>
    <message>
        <source>Search settings</source>
        <translation>搜索设置</translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation>全部重置</translation>
    </message>
    <message>
        <source>Give every setting its default again</source>
        <translation>将所有设置恢复为默认值</translation>
    </message>
    <message>
        <source>EffNet Studio has no telemetry: nothing about you or your work leaves this computer, so there is nothing to switch off.</source>
        <translation>EffNet Studio 没有遥测：个人信息和工作内容都不会离开这台电脑，因此没有什么需要关闭。</translation>
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
        <translation>本机有 {here} / {all}，{size}</translation>
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
        <source>Damaged: {names}. Choose it in the table and download it again.</source>
        <translation>已损坏：{names}。请在表格中选择并重新下载。</translation>
    </message>
    <message>
        <source>Damaged: {names}. Choose them in the table and download them again.</source>
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
        <translation>不在本机，因此未包含：{names}。</translation>
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
        <translation>下载权重</translation>
    </message>
    <message>
        <source>Checking weights</source>
        <translation>检查权重</translation>
    </message>
    <message>
        <source>Make a bundle of weights</source>
        <translation>制作权重包</translation>
    </message>
    <message>
        <source>Making a bundle of weights</source>
        <translation>制作权重包</translation>
    </message>
    <message>
        <source>Take in a bundle of weights</source>
        <translation>导入权重包</translation>
    </message>
    <message>
        <source>Taking in a bundle of weights</source>
        <translation>导入权重包</translation>
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
        <translation>把这种文件中的权重加入本机</translation>
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
    <name>ShortcutsDialog</name>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>功能</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Everything works without a mouse. Ctrl+K finds any command by its name.</source>
        <translation>所有功能都可以不用鼠标完成。按 Ctrl+K 可按名称查找任何命令。</translation>
    </message>
    <message>
        <source>Search for keys or for what they do</source>
        <translation>搜索按键或功能</translation>
    </message>
    <message>
        <source>No keys for that</source>
        <translation>没有对应的快捷键</translation>
    </message>
    <message>
        <source>Try another word, or find the command by its name with Ctrl+K.</source>
        <translation>换一个词试试，或按 Ctrl+K 按名称查找命令。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message>
        <source>Done</source>
        <translation>完成</translation>
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
    <name>SpeedCard</name>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Progress of the measurement</source>
        <translation>测量进度</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop measuring</source>
        <translation>停止测量</translation>
    </message>
    <message>
        <source>Measure again</source>
        <translation>重新测量</translation>
    </message>
    <message>
        <source>Measure speed</source>
        <translation>测量速度</translation>
    </message>
    <message>
        <source>Wait until what runs has finished: it would be measured too.</source>
        <translation>请等当前任务结束，否则会影响测量结果。</translation>
    </message>
    <message>
        <source>Measuring…</source>
        <translation>正在测量…</translation>
    </message>
    <message>
        <source>A model answers and learns from random images, about ten seconds.</source>
        <translation>用随机图片让模型预测和训练，约十秒。</translation>
    </message>
    <message>
        <source>Takes about ten seconds: shows how long your trainings will take, and how this computer compares with others.</source>
        <translation>约需十秒：可以知道训练大约要多久，以及这台电脑与其他电脑相比如何。</translation>
    </message>
    <message>
        <source>A training of {images} images with Balanced takes about {time} here, or less.</source>
        <translation>在本机上用“均衡”方案训练 {images} 张图片，最多约需 {time}。</translation>
    </message>
    <message>
        <source>Images a second</source>
        <translation>每秒图片数</translation>
    </message>
    <message>
        <source>Not measured yet.</source>
        <translation>尚未测量。</translation>
    </message>
    <message>
        <source>Best</source>
        <translation>最佳</translation>
    </message>
    <message>
        <source>Trained on as with the preset Best: nothing is frozen.</source>
        <translation>按“最佳”预设训练：不冻结任何部分。</translation>
    </message>
    <message>
        <source>Images a second, here and on other computers</source>
        <translation>本机与其他电脑每秒处理的图片数</translation>
    </message>
    <message>
        <source>As fast as a small computer in the cloud.</source>
        <translation>与一台小型云主机一样快。</translation>
    </message>
    <message>
        <source>{times} times as fast as a small computer in the cloud.</source>
        <translation>速度是一台小型云主机的 {times} 倍。</translation>
    </message>
    <message>
        <source>Classified, in groups.</source>
        <translation>按批次分类。</translation>
    </message>
    <message>
        <source>Predict</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation>均衡</translation>
    </message>
    <message>
        <source>Trained on as with the preset Balanced: the early stages are frozen.</source>
        <translation>按“均衡”方案训练：冻结前面的阶段。</translation>
    </message>
    <message>
        <source>This computer: {device}</source>
        <translation>本机：{device}</translation>
    </message>
    <message>
        <source>Measured {when} with PyTorch {version}.</source>
        <translation>{when} 测量（PyTorch {version}）。</translation>
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
    <name>Summary</name>
    <message numerus="yes">
        <source>%n problem(s) found</source>
        <translation>
            <numerusform>发现 %Ln 个问题</numerusform>
        </translation>
    </message>
    <message>
        <source>Something will not work until it is mended; see below what to do.</source>
        <translation>解决之前，有些功能无法使用；解决办法见下文。</translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) to look at</source>
        <translation>
            <numerusform>有 %Ln 处需要留意</numerusform>
        </translation>
    </message>
    <message>
        <source>{problems}, {things}</source>
        <translation>{problems}，{things}</translation>
    </message>
    <message>
        <source>Everything works, but could be better; see below what to do.</source>
        <translation>一切可用，但还可以更好；建议见下文。</translation>
    </message>
    <message>
        <source>All is well</source>
        <translation>一切正常</translation>
    </message>
    <message>
        <source>Nothing on this computer stands in the way.</source>
        <translation>没有发现问题。</translation>
    </message>
</context>
<context>
    <name>SuspectFinder</name>
    <message>
        <source>Looking for wrong labels</source>
        <translation>查找错误标签</translation>
    </message>
</context>
<context>
    <name>SwitchRow</name>
    <message>
        <source>On</source>
        <translation>开</translation>
    </message>
</context>
<context>
    <name>SystemNotifier</name>
    <message>
        <source>Show</source>
        <translation>查看</translation>
    </message>
</context>
<context>
    <name>Text</name>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>None of these</source>
        <translation>不属于任何类别</translation>
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
    <message>
        <source>{day}, {clock}</source>
        <translation>{day} {clock}</translation>
    </message>
</context>
<context>
    <name>Toast</name>
    <message>
        <source>Close this notice</source>
        <translation>关闭此提示</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>关闭 (Esc)</translation>
    </message>
</context>
<context>
    <name>TourCard</name>
    <message>
        <source>All steps done</source>
        <translation>全部步骤已完成</translation>
    </message>
    <message>
        <source>Step {n} of {all}</source>
        <translation>第 {n} 步，共 {all} 步</translation>
    </message>
    <message>
        <source>Go to {page}</source>
        <translation>前往“{page}”</translation>
    </message>
    <message>
        <source>Hide the next steps. The Help menu brings them back.</source>
        <translation>隐藏下一步提示。可在“帮助”菜单中重新打开。</translation>
    </message>
    <message>
        <source>Hide the next steps</source>
        <translation>隐藏下一步提示</translation>
    </message>
    <message>
        <source>Next step</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>Bring the images to learn from.</source>
        <translation>先准备要学习的图片。</translation>
    </message>
    <message>
        <source>Your images are being read.</source>
        <translation>正在读取你的图片。</translation>
    </message>
    <message>
        <source>At least two kinds of images are needed.</source>
        <translation>至少需要两类图片。</translation>
    </message>
    <message>
        <source>The images are ready. Train a model on them.</source>
        <translation>图片已就绪，可以训练模型了。</translation>
    </message>
    <message>
        <source>The training is not over yet. Look around meanwhile.</source>
        <translation>训练尚未结束，可以先看看别处。</translation>
    </message>
    <message>
        <source>The training failed. Change a setting, then try again.</source>
        <translation>训练失败。请更改设置后重试。</translation>
    </message>
    <message>
        <source>See what the model gets right and wrong.</source>
        <translation>看看模型答对了什么、答错了什么。</translation>
    </message>
    <message>
        <source>The model is being checked.</source>
        <translation>正在检查模型。</translation>
    </message>
    <message>
        <source>Show the model an image it has never seen.</source>
        <translation>给模型看一张它从未见过的图片。</translation>
    </message>
    <message>
        <source>Make the model a file that other programs can use.</source>
        <translation>把模型做成其他程序可用的文件。</translation>
    </message>
    <message>
        <source>You know the whole way now. This note can go.</source>
        <translation>整个流程你都已走过，可以关闭此提示了。</translation>
    </message>
    <message>
        <source>Drop a folder of images here, or choose one.</source>
        <translation>把图片文件夹拖到这里，或选择一个。</translation>
    </message>
    <message>
        <source>Press “Start training”. The choices are fine as they are.</source>
        <translation>点击“开始训练”，现有选项即可。</translation>
    </message>
    <message>
        <source>The training is not over yet: watch, or do something else.</source>
        <translation>训练尚未结束：可以看着，也可以去做别的事。</translation>
    </message>
    <message>
        <source>The training failed. Do what its message says, then press “Start training”.</source>
        <translation>训练失败。请按提示调整，再点击“开始训练”。</translation>
    </message>
    <message>
        <source>Open “Figures” and press “Check the model” to see its mistakes.</source>
        <translation>打开“指标”，点击“检查模型”，看看它错在哪里。</translation>
    </message>
    <message>
        <source>Choose what the file is for, then press “Export”.</source>
        <translation>选择文件的用途，然后点击“导出”。</translation>
    </message>
    <message>
        <source>Drop images here and see what the model says.</source>
        <translation>把图片拖到这里，看看模型怎么说。</translation>
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
    <name>UndoActions</name>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Undo: {what}</source>
        <translation>撤销：{what}</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Redo: {what}</source>
        <translation>重做：{what}</translation>
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
        <source>Go to Train</source>
        <translation>前往“训练”</translation>
    </message>
    <message>
        <source>No training yet</source>
        <translation>尚无训练</translation>
    </message>
    <message>
        <source>Each training remembers the exact images it saw.</source>
        <translation>每次训练都会记录所用的图片。</translation>
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
    <name>WeightsField</name>
    <message>
        <source>The best there is</source>
        <translation>最好的可用权重</translation>
    </message>
    <message>
        <source>Starter backbone</source>
        <translation>自带的骨干网络</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
</context>
<context>
    <name>WeightsTable</name>
    <message>
        <source>On this computer</source>
        <translation>已在本机</translation>
    </message>
    <message>
        <source>Not here</source>
        <translation>不在本机</translation>
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
        <translation>权重是否已在本机</translation>
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
<context>
    <name>WelcomePage</name>
    <message>
        <source>Sample</source>
        <translation>示例</translation>
    </message>
    <message>
        <source>Drawing the sample images</source>
        <translation>生成示例图片</translation>
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
        <source>No images at hand? The sample has 360 drawn pictures of six things, and takes a minute.</source>
        <translation>手头没有图片？示例包含六种事物的 360 张绘制图片，大约一分钟即可完成。</translation>
    </message>
</context>
<context>
    <name>WorkCard</name>
    <message>
        <source>Getting ready…</source>
        <translation>正在准备…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
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
    <name>_Remarks</name>
    <message>
        <source>Your files are as they were; nothing was changed.</source>
        <translation>你的文件保持原样，没有任何更改。</translation>
    </message>
    <message>
        <source>Files and folders to look at</source>
        <translation>需要查看的文件和文件夹</translation>
    </message>
</context>
</TS>
