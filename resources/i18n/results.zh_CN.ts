<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>ChannelFinder</name>
    <message>
        <source>Looking at the channels</source>
        <translation>正在查看通道</translation>
    </message>
</context>
<context>
    <name>ChannelsView</name>
    <message>
        <source>{count} channels, the most open first</source>
        <translation>{count} 个通道，开得最大的在前</translation>
    </message>
    <message>
        <source>{channel}, usually {usual}</source>
        <translation>{channel}，平常为 {usual}</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开程度</translation>
    </message>
    <message>
        <source>Usual</source>
        <translation>平常</translation>
    </message>
    <message>
        <source>Mean over the images of the class</source>
        <translation>该类别图片的平均值</translation>
    </message>
    <message>
        <source>More open than is usual for {label}</source>
        <translation>比 {label} 平常开得更大</translation>
    </message>
    <message>
        <source>The model is looking at the training images …</source>
        <translation>模型正在查看训练图片…</translation>
    </message>
    <message>
        <source>What is open more than usual?</source>
        <translation>哪些通道比平常开得更大？</translation>
    </message>
    <message>
        <source>Gates of each block, from shut to open</source>
        <translation>各块的通道门控，从关到开</translation>
    </message>
    <message>
        <source>Channels of the block</source>
        <translation>该块的通道</translation>
    </message>
    <message>
        <source>Channels more open than usual</source>
        <translation>比平常开得更大的通道</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Show all channels of the block together</source>
        <translation>合并显示该块的所有通道</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Compare with the training images</source>
        <translation>与训练图片比较</translation>
    </message>
    <message>
        <source>The model looks at up to 200 training images of each class once</source>
        <translation>模型会把每个类别最多 200 张训练图片看一遍</translation>
    </message>
    <message>
        <source>By how many standard deviations within the classes a gate is above the mean of its class; the mark on each bar is that mean</source>
        <translation>门控比所属类别的平均值高出多少个类内标准差；条上的标记就是该平均值</translation>
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
    <name>ConfusionMatrix</name>
    <message>
        <source>Confusion matrix: rows are true classes</source>
        <translation>混淆矩阵：每行是一个真实类别</translation>
    </message>
    <message>
        <source>Answer of the model</source>
        <translation>模型的回答</translation>
    </message>
    <message>
        <source>{count} of {total} images of {true} were recognised.</source>
        <translation>{true} 的 {total} 张图片中，认对 {count} 张。</translation>
    </message>
    <message>
        <source>{count} of {total} images of {true} were taken for {answer}.</source>
        <translation>{true} 的 {total} 张图片中，有 {count} 张被认成 {answer}。</translation>
    </message>
    <message>
        <source>True class</source>
        <translation>真实类别</translation>
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
    <name>EvaluatePage</name>
    <message>
        <source>The project is open for reading only: results are not kept.</source>
        <translation>项目以只读方式打开：结果不会保存。</translation>
    </message>
    <message>
        <source>Evaluate</source>
        <translation>评估</translation>
    </message>
    <message>
        <source>Where it looks</source>
        <translation>关注区域</translation>
    </message>
    <message>
        <source>Folder of labelled images to check the model on</source>
        <translation>用于检查模型的带标签图片文件夹</translation>
    </message>
    <message>
        <source>Exported model to check</source>
        <translation>要检查的导出模型</translation>
    </message>
    <message>
        <source>Checked on the folder {name}, which is not part of the project.</source>
        <translation>在文件夹 {name} 上检查，它不属于本项目。</translation>
    </message>
    <message>
        <source>Figures of the exported model {name}.</source>
        <translation>导出模型 {name} 的结果。</translation>
    </message>
    <message>
        <source>What the model gets right and wrong, and why.</source>
        <translation>模型对在哪里、错在哪里，以及原因。</translation>
    </message>
    <message>
        <source>Enough images?</source>
        <translation>图片够吗？</translation>
    </message>
    <message>
        <source>Views of the result</source>
        <translation>结果视图</translation>
    </message>
    <message>
        <source>Part of the images</source>
        <translation>图片的部分</translation>
    </message>
    <message>
        <source>Coarse</source>
        <translation>粗略</translation>
    </message>
    <message>
        <source>Fine</source>
        <translation>精细</translation>
    </message>
    <message>
        <source>How closely to look</source>
        <translation>查看的精细程度</translation>
    </message>
    <message>
        <source>Coarse: the last layer, which knows best what it sees. Fine: an earlier layer, with smaller places; takes several times as long.</source>
        <translation>粗略：最后一层，最清楚看到的是什么。精细：较早的一层，位置更细；用时是数倍。</translation>
    </message>
    <message>
        <source>Check on another folder…</source>
        <translation>在其他文件夹上检查…</translation>
    </message>
    <message>
        <source>Check an exported model…</source>
        <translation>检查导出的模型…</translation>
    </message>
    <message>
        <source>Save a report or a model card…</source>
        <translation>保存报告或模型卡…</translation>
    </message>
    <message>
        <source>More to check</source>
        <translation>更多检查</translation>
    </message>
    <message>
        <source>Back to the project&apos;s own</source>
        <translation>返回项目自己的结果</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>重新检查</translation>
    </message>
    <message>
        <source>No trained model yet</source>
        <translation>还没有训练好的模型</translation>
    </message>
    <message>
        <source>Train one first; here you will see what it gets right and wrong.</source>
        <translation>请先训练一个模型；之后在这里查看它认对和认错了什么。</translation>
    </message>
    <message>
        <source>Go to Data</source>
        <translation>前往数据</translation>
    </message>
    <message>
        <source>Go to Train</source>
        <translation>前往训练</translation>
    </message>
    <message>
        <source>Not checked yet</source>
        <translation>尚未检查</translation>
    </message>
    <message>
        <source>The model answers for each of these images, and the answers are compared with your folders.</source>
        <translation>模型会逐张回答这些图片，再与文件夹中的类别对照。</translation>
    </message>
    <message>
        <source>Check the model</source>
        <translation>检查模型</translation>
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
        <source>Training</source>
        <translation>训练集</translation>
    </message>
</context>
<context>
    <name>EvaluationKeeper</name>
    <message>
        <source>Checking the model</source>
        <translation>正在检查模型</translation>
    </message>
    <message>
        <source>Checking on {name}</source>
        <translation>正在 {name} 上检查</translation>
    </message>
    <message>
        <source>Checking {name}</source>
        <translation>正在检查 {name}</translation>
    </message>
</context>
<context>
    <name>EvaluationView</name>
    <message>
        <source>Worst first: the true class, and below it the answer.</source>
        <translation>最差的在前：上为真实类别，下为回答。</translation>
    </message>
    <message>
        <source>All errors</source>
        <translation>全部错误</translation>
    </message>
    <message>
        <source>Every image was recognised.</source>
        <translation>所有图片都认对了。</translation>
    </message>
</context>
<context>
    <name>ExplainControls</name>
    <message>
        <source>The likeliest</source>
        <translation>最可能的类别</translation>
    </message>
    <message>
        <source>No other</source>
        <translation>不比较</translation>
    </message>
    <message>
        <source>The last</source>
        <translation>最后一层</translation>
    </message>
    <message>
        <source>Where it looked</source>
        <translation>关注区域</translation>
    </message>
    <message>
        <source>Grad-CAM: which places raised the score of the class</source>
        <translation>Grad-CAM：哪些位置提高了该类别的得分</translation>
    </message>
    <message>
        <source>As Grad-CAM, with its share for each of several objects</source>
        <translation>与 Grad-CAM 相同，但画面中的多个物体各得其份</translation>
    </message>
    <message>
        <source>A weight for each place: finer where earlier layers are chosen</source>
        <translation>每个位置各有权重：选择较早的层时更精细</translation>
    </message>
    <message>
        <source>What each place really adds to the score</source>
        <translation>每个位置对得分的真实贡献</translation>
    </message>
    <message>
        <source>Tries what the model says to parts of the image; takes some seconds</source>
        <translation>逐一尝试模型对图片各部分的回答；需要几秒钟</translation>
    </message>
    <message>
        <source>What the layer has most of, whatever the class</source>
        <translation>该层中最突出的内容，与类别无关</translation>
    </message>
    <message>
        <source>The whole image</source>
        <translation>完整图片</translation>
    </message>
    <message>
        <source>Without explanation</source>
        <translation>不带解释</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>And not</source>
        <translation>而不是</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>不透明度</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>配色</translation>
    </message>
    <message>
        <source>Shows what speaks for the one class and not for the other</source>
        <translation>显示支持一个类别而不支持另一个类别的地方</translation>
    </message>
</context>
<context>
    <name>Explainer</name>
    <message>
        <source>Checking the map</source>
        <translation>检查热力图</translation>
    </message>
</context>
<context>
    <name>ExplanationPanel</name>
    <message>
        <source>Where it looked</source>
        <translation>看了哪里</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>Squeeze-and-excitation: what the channels that were let through saw</source>
        <translation>Squeeze-and-excitation：被放行的通道所看到的内容</translation>
    </message>
    <message>
        <source>Explanation</source>
        <translation>解释</translation>
    </message>
    <message>
        <source>With original</source>
        <translation>并排原图</translation>
    </message>
    <message>
        <source>The image without heat map beside it; both are zoomed and moved together</source>
        <translation>旁边显示不带热力图的原图；两者同步缩放和移动</translation>
    </message>
    <message>
        <source>An exported file gives answers only; choose a trained model to see why.</source>
        <translation>导出的文件只给出回答；要看原因，请选择训练好的模型。</translation>
    </message>
    <message>
        <source>This model has no squeeze-and-excitation blocks.</source>
        <translation>该模型没有压缩激励（SE）模块。</translation>
    </message>
</context>
<context>
    <name>ExplanationSaver</name>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Saving</source>
        <translation>正在保存</translation>
    </message>
</context>
<context>
    <name>ExportPage</name>
    <message>
        <source>Exporting and checking</source>
        <translation>正在导出并检查</translation>
    </message>
    <message>
        <source>Folder for the files</source>
        <translation>存放文件的文件夹</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>A file for other programs that answers like the app.</source>
        <translation>供其他程序使用的文件，回答与本应用一致。</translation>
    </message>
    <message>
        <source>No trained model yet</source>
        <translation>还没有训练好的模型</translation>
    </message>
    <message>
        <source>Train one first; here you will make a file of it for other programs.</source>
        <translation>请先训练一个模型；之后在这里把它导出，供其他程序使用。</translation>
    </message>
    <message>
        <source>Go to Data</source>
        <translation>前往数据</translation>
    </message>
    <message>
        <source>Go to Train</source>
        <translation>前往训练</translation>
    </message>
    <message>
        <source>ONNX, full precision</source>
        <translation>ONNX，全精度</translation>
    </message>
    <message>
        <source>For any program that reads ONNX: Python, C#, JavaScript, phones. Gives exactly the app&apos;s answers.</source>
        <translation>适用于所有能读取 ONNX 的程序：Python、C#、JavaScript、手机。回答与本应用完全一致。</translation>
    </message>
    <message>
        <source>ONNX, 8-bit</source>
        <translation>ONNX，8 位</translation>
    </message>
    <message>
        <source>About a quarter of the size, for small devices. Rounded with the help of your validation images; some answers may change, and you will see how many.</source>
        <translation>大小约为四分之一，适合小型设备。借助验证集图片量化；少数回答可能改变，改变了多少会告诉您。</translation>
    </message>
    <message>
        <source>The project is open for reading only: choose a folder for the files first.</source>
        <translation>项目以只读方式打开：请先选择存放文件的文件夹。</translation>
    </message>
    <message>
        <source>Files go into a new folder inside the project.</source>
        <translation>文件存入项目内的新文件夹。</translation>
    </message>
    <message>
        <source>Files go to {folder}</source>
        <translation>文件存入 {folder}</translation>
    </message>
    <message>
        <source>Another folder…</source>
        <translation>其他文件夹…</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>选择文件夹…</translation>
    </message>
    <message>
        <source>Back to the project</source>
        <translation>改回项目内</translation>
    </message>
    <message>
        <source>Exported files</source>
        <translation>已导出的文件</translation>
    </message>
    <message>
        <source>None yet. Each file is opened again and compared with the app on your validation images before it is called ready.</source>
        <translation>暂无。每个文件都会重新打开，并用验证集图片与本应用对照，一致后才算就绪。</translation>
    </message>
</context>
<context>
    <name>ExportResultCard</name>
    <message>
        <source>App: {value}</source>
        <translation>本应用：{value}</translation>
    </message>
    <message>
        <source>Same answers</source>
        <translation>回答一致</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n 张图片</numerusform>
        </translation>
    </message>
    <message>
        <source>The file was opened again and asked about your validation images</source>
        <translation>重新打开文件，并用验证集图片提问</translation>
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
        <source>Time for one image</source>
        <translation>单张图片用时</translation>
    </message>
    <message>
        <source>On this computer, without reading the file; measured in turns</source>
        <translation>在本机测得，不含读取图片；两者交替测量</translation>
    </message>
    <message>
        <source>{n} ms</source>
        <translation>{n} 毫秒</translation>
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
        <source>Ready: the file was opened again and answers like the app.</source>
        <translation>就绪：文件已重新打开，回答与本应用一致。</translation>
    </message>
    <message numerus="yes">
        <source>Not ready: on %n image(s) the file gives another answer than the app.</source>
        <translation>
            <numerusform>未就绪：有 %n 张图片，文件的回答与本应用不同。</numerusform>
        </translation>
    </message>
    <message>
        <source>It carries the threshold for &quot;none of these&quot;.</source>
        <translation>其中带有“以上都不是”的阈值。</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Show these images</source>
        <translation>查看这些图片</translation>
    </message>
</context>
<context>
    <name>FilingResult</name>
    <message>
        <source>{images} in {folders}</source>
        <translation>{images}，{folders}</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n 张图片</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n folder(s)</source>
        <translation>
            <numerusform>%n 个文件夹</numerusform>
        </translation>
    </message>
    <message>
        <source>There already, and left as they were: {count}</source>
        <translation>其中已存在、保持原样的：{count}</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) could not be filed</source>
        <translation>
            <numerusform>%n 张图片未能归类</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GateBars</name>
    <message>
        <source>Channel {number}: {share} open</source>
        <translation>通道 {number}：打开 {share}</translation>
    </message>
</context>
<context>
    <name>GateStrip</name>
    <message>
        <source>{block}: {open} of {count} channels more than half open, {mean} on average</source>
        <translation>{block}：{count} 个通道中有 {open} 个打开过半，平均 {mean}</translation>
    </message>
</context>
<context>
    <name>LiveSources</name>
    <message>
        <source>Watch a folder</source>
        <translation>监视文件夹</translation>
    </message>
    <message>
        <source>Camera picture {n}</source>
        <translation>相机图片 {n}</translation>
    </message>
    <message>
        <source>Waiting for images in {name}</source>
        <translation>正在等待 {name} 中出现图片</translation>
    </message>
    <message>
        <source>Live pictures from a camera need the optional part “camera”.</source>
        <translation>要使用相机实时画面，需要安装可选组件“camera”。</translation>
    </message>
    <message>
        <source>Watch a folder…</source>
        <translation>监视文件夹…</translation>
    </message>
    <message>
        <source>Camera…</source>
        <translation>相机…</translation>
    </message>
</context>
<context>
    <name>OpenedBars</name>
    <message>
        <source>{block}, channel {number}: {share} open, usually {usual}; {score} standard deviations more than usual for the class</source>
        <translation>{block}，通道 {number}：打开 {share}，平常为 {usual}；比该类别平常高 {score} 个标准差</translation>
    </message>
    <message>
        <source>{block} · {number}</source>
        <translation>{block} · {number}</translation>
    </message>
</context>
<context>
    <name>OpenerStrip</name>
    <message>
        <source>Training images that open this channel most</source>
        <translation>使该通道开得最大的训练图片</translation>
    </message>
</context>
<context>
    <name>PredictPage</name>
    <message>
        <source>Open an exported model</source>
        <translation>打开导出的模型</translation>
    </message>
    <message>
        <source>Pasted image</source>
        <translation>粘贴的图片</translation>
    </message>
    <message>
        <source>Choose images</source>
        <translation>选择图片</translation>
    </message>
    <message>
        <source>Images (*)</source>
        <translation>图片 (*)</translation>
    </message>
    <message>
        <source>Predict</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>What is it, how sure is the model, and where did it look?</source>
        <translation>这是什么？模型有多大把握？它看了哪里？</translation>
    </message>
    <message>
        <source>No trained model yet</source>
        <translation>还没有训练好的模型</translation>
    </message>
    <message>
        <source>Train one first, or open a model that was exported.</source>
        <translation>请先训练一个模型，或打开导出的模型。</translation>
    </message>
    <message>
        <source>Go to Data</source>
        <translation>前往数据</translation>
    </message>
    <message>
        <source>Go to Train</source>
        <translation>前往训练</translation>
    </message>
    <message>
        <source>Open an exported model…</source>
        <translation>打开导出的模型…</translation>
    </message>
    <message>
        <source>Drop images or folders here</source>
        <translation>把图片或文件夹拖到这里</translation>
    </message>
    <message>
        <source>Or paste an image, from a web page or a screenshot for instance.</source>
        <translation>也可以粘贴图片，例如网页图片或截图。</translation>
    </message>
    <message>
        <source>Choose images…</source>
        <translation>选择图片…</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Exported model…</source>
        <translation>导出的模型…</translation>
    </message>
    <message>
        <source>Back to trained models</source>
        <translation>改用训练的模型</translation>
    </message>
</context>
<context>
    <name>PredictedList</name>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n 张图片</numerusform>
        </translation>
    </message>
    <message>
        <source>{shown} of {total}</source>
        <translation>{total} 张中的 {shown} 张</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Images and their answers</source>
        <translation>图片及其回答</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>添加…</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>审核</translation>
    </message>
    <message>
        <source>No image fits this search and filter.</source>
        <translation>没有图片符合此搜索和筛选条件。</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>全部显示</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清空</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>Save all answers</source>
        <translation>保存所有回答</translation>
    </message>
    <message>
        <source>Look at the chosen image beside the table</source>
        <translation>在表格旁查看选中的图片</translation>
    </message>
    <message>
        <source>Show the images as a table</source>
        <translation>以表格显示图片</translation>
    </message>
    <message>
        <source>Choose images…</source>
        <translation>选择图片…</translation>
    </message>
    <message>
        <source>Watch a folder…</source>
        <translation>监视文件夹…</translation>
    </message>
    <message>
        <source>Camera…</source>
        <translation>相机…</translation>
    </message>
    <message>
        <source>Add images</source>
        <translation>添加图片</translation>
    </message>
    <message>
        <source>Confirm or correct the answers, the least certain first</source>
        <translation>确认或更正回答,最不确定的优先</translation>
    </message>
    <message>
        <source>Forget all images</source>
        <translation>移除所有图片</translation>
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
        <translation>正在撰写报告</translation>
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
    <name>ResultsBar</name>
    <message>
        <source>Search names</source>
        <translation>搜索文件名</translation>
    </message>
    <message>
        <source>All answers</source>
        <translation>所有回答</translation>
    </message>
    <message>
        <source>Unsure</source>
        <translation>不确定</translation>
    </message>
    <message>
        <source>Not reviewed</source>
        <translation>未审核</translation>
    </message>
    <message>
        <source>Reviewed</source>
        <translation>已审核</translation>
    </message>
    <message>
        <source>Could not be read</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>Which answers to show</source>
        <translation>显示哪些回答</translation>
    </message>
    <message>
        <source>Below </source>
        <translation>低于 </translation>
    </message>
    <message>
        <source>Confidence below which an answer is unsure</source>
        <translation>低于此置信度的回答算作不确定</translation>
    </message>
    <message>
        <source>As given</source>
        <translation>按给出的顺序</translation>
    </message>
    <message>
        <source>Least certain first</source>
        <translation>最不确定优先</translation>
    </message>
    <message>
        <source>Most certain first</source>
        <translation>最确定优先</translation>
    </message>
    <message>
        <source>Closest decisions first</source>
        <translation>差距最小优先</translation>
    </message>
    <message>
        <source>By class</source>
        <translation>按类别</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>按名称</translation>
    </message>
    <message>
        <source>Order of the images</source>
        <translation>图片的顺序</translation>
    </message>
</context>
<context>
    <name>ResultsFoot</name>
    <message>
        <source>Stopped. The answers so far are kept; images without one: {count}</source>
        <translation>已停止。已有的回答会保留;尚无回答的图片:{count}</translation>
    </message>
    <message>
        <source>Go on with the remaining {count}</source>
        <translation>继续处理剩余的 {count} 张</translation>
    </message>
</context>
<context>
    <name>ResultsSaver</name>
    <message>
        <source>Save answers</source>
        <translation>保存回答</translation>
    </message>
    <message>
        <source>Saving</source>
        <translation>正在保存</translation>
    </message>
    <message>
        <source>Table for spreadsheets (CSV)…</source>
        <translation>电子表格用的表格(CSV)…</translation>
    </message>
    <message>
        <source>For programs (JSON)…</source>
        <translation>供程序使用(JSON)…</translation>
    </message>
    <message>
        <source>Copy or link into one folder per class…</source>
        <translation>复制或链接到各类别的文件夹…</translation>
    </message>
</context>
<context>
    <name>ResultsTable</name>
    <message>
        <source>Confirmed</source>
        <translation>已确认</translation>
    </message>
    <message>
        <source>{label} instead</source>
        <translation>改为{label}</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Name of the file</source>
        <translation>文件名</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>The likeliest class</source>
        <translation>最可能的类别</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>置信度</translation>
    </message>
    <message>
        <source>How likely the model finds it</source>
        <translation>模型认为的可能性</translation>
    </message>
    <message>
        <source>Second answer</source>
        <translation>第二个回答</translation>
    </message>
    <message>
        <source>The next likely class</source>
        <translation>第二可能的类别</translation>
    </message>
    <message>
        <source>Margin</source>
        <translation>差距</translation>
    </message>
    <message>
        <source>How much likelier the answer is than the second one</source>
        <translation>这个回答比第二个回答可能性高多少</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>审核</translation>
    </message>
    <message>
        <source>What you said of it</source>
        <translation>您对它的判断</translation>
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
</TS>
