<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AttemptsCard</name>
    <message>
        <source>None was measured yet.</source>
        <translation>尚未测得任何结果。</translation>
    </message>
    <message>
        <source>Median time; the 32-bit file takes {time}</source>
        <translation>用时的中位数；32 位文件用时 {time}</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>方案</translation>
    </message>
    <message>
        <source>What is not in 32 bits is in 8 bits</source>
        <translation>其余部分均为 8 位</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>Points lost</source>
        <translation>损失的百分点</translation>
    </message>
    <message>
        <source>Percentage points less than the 32-bit file</source>
        <translation>比 32 位文件少的百分点</translation>
    </message>
    <message>
        <source>Same answers</source>
        <translation>回答一致</translation>
    </message>
    <message>
        <source>As the 32-bit file</source>
        <translation>与 32 位文件相同</translation>
    </message>
    <message>
        <source>One image</source>
        <translation>单张图片</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>限制</translation>
    </message>
    <message>
        <source>Whether it loses no more than you allow</source>
        <translation>损失是否不超出你允许的范围</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>遵守</translation>
    </message>
    <message>
        <source>missed</source>
        <translation>超出</translation>
    </message>
    <message>
        <source>What was tried</source>
        <translation>尝试过的方案</translation>
    </message>
    <message>
        <source>Accuracy on the validation images; numbers are the order of trying.</source>
        <translation>验证图片上的准确率；数字为尝试的先后次序。</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>Accuracy against {cost}</source>
        <translation>准确率与{cost}</translation>
    </message>
</context>
<context>
    <name>AttemptsPlot</name>
    <message>
        <source>time for one image, ms</source>
        <translation>单张图片用时（毫秒）</translation>
    </message>
    <message>
        <source>size, MB</source>
        <translation>大小（MB）</translation>
    </message>
    <message>
        <source>within your limit</source>
        <translation>在你允许的范围内</translation>
    </message>
    <message>
        <source>loses too much</source>
        <translation>损失过多</translation>
    </message>
    <message>
        <source>32 bits</source>
        <translation>32 位</translation>
    </message>
    <message>
        <source>least allowed</source>
        <translation>允许的下限</translation>
    </message>
    <message>
        <source>Accuracy and cost of each way to round that was tried, as in the table</source>
        <translation>每种尝试过的量化方案的准确率与代价，与表格相同</translation>
    </message>
</context>
<context>
    <name>CertificateView</name>
    <message>
        <source>Rounded, this model loses more than you allow on your images. A smaller model that learns from this one is small and quick without rounding.</source>
        <translation>量化之后，这个模型在你的图片上的损失超出了你允许的范围。让一个更小的模型向它学习，无需量化也又小又快。</translation>
    </message>
    <message>
        <source>Train a smaller model from this one</source>
        <translation>以此模型训练更小的模型</translation>
    </message>
    <message>
        <source>Show certificate</source>
        <translation>查看证书</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Show these images</source>
        <translation>查看这些图片</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>The certificate as a page, in the browser</source>
        <translation>在浏览器中以网页查看证书</translation>
    </message>
    <message>
        <source>Images with another answer, on the Predict page</source>
        <translation>在“预测”页查看回答不同的图片</translation>
    </message>
</context>
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
        <source>How much each block lets through, from nothing to all</source>
        <translation>各模块放行的程度，从全关到全开</translation>
    </message>
    <message>
        <source>How open the channel usually is for this class, and how open it is now; the mark on each bar is what is usual. What stands out most comes first.</source>
        <translation>该通道对这一类别平常的开启程度，以及现在的开启程度；每条上的标记是平常的程度。最突出的排在最前。</translation>
    </message>
    <message>
        <source>What is open more than usual?</source>
        <translation>哪些通道比平常开得更大？</translation>
    </message>
    <message>
        <source>Looking at the training images…</source>
        <translation>正在查看训练图片…</translation>
    </message>
    <message>
        <source>Channels of the block</source>
        <translation>该模块的通道</translation>
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
        <translation>合并显示该模块的所有通道</translation>
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
</context>
<context>
    <name>ClassBanner</name>
    <message>
        <source>Every image is given one of the classes the model knows.</source>
        <translation>每张图片都会被归入模型认识的某个类别。</translation>
    </message>
</context>
<context>
    <name>CompareButton</name>
    <message>
        <source>Exported model…</source>
        <translation>导出的模型…</translation>
    </message>
    <message>
        <source>Compare with…</source>
        <translation>比较…</translation>
    </message>
    <message>
        <source>End comparison</source>
        <translation>结束比较</translation>
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
        <source>Choose another model…</source>
        <translation>选择其他模型…</translation>
    </message>
</context>
<context>
    <name>ComparisonPictures</name>
    <message>
        <source>What model {side} saw</source>
        <translation>模型 {side} 看到的图片</translation>
    </message>
    <message>
        <source>Show where they looked</source>
        <translation>显示它们看的位置</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>正在查看…</translation>
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
            <numerusform>%Ln 张图片中有 {same} 张答案一致</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Right on {first} (A) and {second} (B) of %n image(s) held back from training.</source>
        <translation>
            <numerusform>在未用于训练的 %Ln 张图片中，答对 {first} 张（A）和 {second} 张（B）。</numerusform>
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
        <translation>概率最多相差 {most} 个百分点，平均相差&#xa0;{mean}&#xa0;个百分点。</translation>
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
            <numerusform>测量时最多使用 %Ln 个线程。</numerusform>
        </translation>
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
        <translation>关注区域</translation>
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
        <source>This model does not weigh its channels. To see channels, train an EfficientNet and choose it above.</source>
        <translation>该模型不对通道加权。要查看通道，请训练一个 EfficientNet，并在上方选择它。</translation>
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
        <translation>保存</translation>
    </message>
</context>
<context>
    <name>ExportHistory</name>
    <message>
        <source>Exported files</source>
        <translation>已导出的文件</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>None yet. Each file is opened again and compared with the app on your validation images before it is called ready.</source>
        <translation>暂无。每个文件都会重新打开，并用验证集图片与本应用对照，一致后才算就绪。</translation>
    </message>
    <message numerus="yes">
        <source>Show more (%n hidden)</source>
        <translation>
            <numerusform>显示更多（还有 %Ln 个）</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExportOptions</name>
    <message>
        <source>Options: {title}</source>
        <translation>选项：{title}</translation>
    </message>
    <message>
        <source>May lose at most</source>
        <translation>最多可损失</translation>
    </message>
    <message>
        <source>points of accuracy</source>
        <translation>个百分点的准确率</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Export: {title}</source>
        <translation>导出：{title}</translation>
    </message>
    <message>
        <source>The file is opened again and compared with the app on every validation and test image before it is called ready.</source>
        <translation>文件会重新打开，并用每一张验证和测试图片与本应用对照，一致后才算就绪。</translation>
    </message>
    <message>
        <source>Of 1,000 images it may get {count} more wrong than the app.</source>
        <translation>每 1,000 张图片，它可以比本应用多认错 {count} 张。</translation>
    </message>
    <message>
        <source>It may not get a single validation image more wrong than the app.</source>
        <translation>它不得比本应用多认错任何一张验证图片。</translation>
    </message>
    <message>
        <source>Several ways to round the model are tried, the fastest first. The first that loses no more than this on your validation images is taken.</source>
        <translation>会依次尝试多种量化方案，最快的在前，并采用第一个在你的验证图片上损失不超过此值的方案。</translation>
    </message>
</context>
<context>
    <name>ExportPage</name>
    <message>
        <source>Export: {target} · {format}</source>
        <translation>导出：{target} · {format}</translation>
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
        <translation>前往“数据”</translation>
    </message>
    <message>
        <source>Go to Train</source>
        <translation>前往“训练”</translation>
    </message>
</context>
<context>
    <name>ExportResultCard</name>
    <message>
        <source>Export another file</source>
        <translation>再导出一个文件</translation>
    </message>
</context>
<context>
    <name>ExportRow</name>
    <message>
        <source>{share} the same</source>
        <translation>{share} 一致</translation>
    </message>
    <message>
        <source>not checked</source>
        <translation>未核对</translation>
    </message>
    <message>
        <source>outdated</source>
        <translation>已过时</translation>
    </message>
    <message>
        <source>Same answers as the app</source>
        <translation>与本应用回答一致</translation>
    </message>
    <message>
        <source>unfolded</source>
        <translation>已展开</translation>
    </message>
    <message>
        <source>folded</source>
        <translation>已折叠</translation>
    </message>
    <message>
        <source>{size}, same answers as the app: {share}</source>
        <translation>{size}，与本应用回答一致：{share}</translation>
    </message>
</context>
<context>
    <name>ExportWork</name>
    <message>
        <source>Stopping as soon as this can be left…</source>
        <translation>一到可以中断之处即停止…</translation>
    </message>
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
    <name>FilingResult</name>
    <message>
        <source>{images} in {folders}</source>
        <translation>{images}，{folders}</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%Ln 张图片</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n folder(s)</source>
        <translation>
            <numerusform>%Ln 个文件夹</numerusform>
        </translation>
    </message>
    <message>
        <source>There already, and left as they were: {count}</source>
        <translation>其中已存在、保持原样的：{count}</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) could not be filed</source>
        <translation>
            <numerusform>%Ln 张图片未能归类</numerusform>
        </translation>
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
    <name>FormatChoice</name>
    <message>
        <source>Format</source>
        <translation>格式</translation>
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
    <name>HealthRow</name>
    <message>
        <source>Can it be trusted?</source>
        <translation>可信吗？</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>正在检查…</translation>
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
        <translation>稳定回答</translation>
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
            <numerusform>已有 %Ln 张图片放入列表</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing is recorded. Pictures you keep go into the list of images.</source>
        <translation>不会录制任何内容。你保留的图片会放入图片列表。</translation>
    </message>
    <message>
        <source>Another program may be using it, or it was unplugged. Close that program or plug the camera in, then try again.</source>
        <translation>它可能正被其他程序使用，或已断开连接。请关闭该程序或重新接好设备，然后重试。</translation>
    </message>
    <message>
        <source>The system says: {reason}</source>
        <translation>系统信息：{reason}</translation>
    </message>
    <message>
        <source>The camera does not work</source>
        <translation>相机无法使用</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>The camera is starting…</source>
        <translation>相机正在启动…</translation>
    </message>
    <message>
        <source>The system asks some programs for permission first.</source>
        <translation>有些系统会先请求你的许可。</translation>
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
        <source>Put “{name}” back in, or watch another folder</source>
        <translation>请重新插入“{name}”，或改为监视其他文件夹</translation>
    </message>
    <message>
        <source>Waiting for images in “{name}”</source>
        <translation>正在等待“{name}”中的图片</translation>
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
    <name>NeighbourStrip</name>
    <message>
        <source>Looking at the training images…</source>
        <translation>正在查看训练图片…</translation>
    </message>
    <message>
        <source>The training images nearest to it</source>
        <translation>与它最接近的训练图片</translation>
    </message>
    <message>
        <source>The most similar one first</source>
        <translation>按相似程度从高到低排列</translation>
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
    <name>PlaceRow</name>
    <message>
        <source>Folder for the files</source>
        <translation>存放文件的文件夹</translation>
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
        <source>Files go into a new folder in {folder}</source>
        <translation>文件存入 {folder} 中的新文件夹。</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>选择文件夹…</translation>
    </message>
    <message>
        <source>Another folder…</source>
        <translation>其他文件夹…</translation>
    </message>
    <message>
        <source>Back to the project</source>
        <translation>改回项目内</translation>
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
        <translation>前往“数据”</translation>
    </message>
    <message>
        <source>Go to Train</source>
        <translation>前往“训练”</translation>
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
    <name>PredictedCells</name>
    <message>
        <source>cannot be read</source>
        <translation>无法读取</translation>
    </message>
</context>
<context>
    <name>PredictedList</name>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%Ln 张图片</numerusform>
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
        <translation>确认或更正回答，最不确定的优先</translation>
    </message>
    <message>
        <source>Forget all images</source>
        <translation>移除所有图片</translation>
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
        <translation>已停止。已有的回答会保留；尚无回答的图片：{count}</translation>
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
        <translation>保存</translation>
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
        <translation>你对它的判断</translation>
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
        <translation>请打开一个项目以保留你的判断。</translation>
    </message>
    <message>
        <source>This project is open for reading only; it cannot be changed.</source>
        <translation>此项目以只读方式打开，无法更改。</translation>
    </message>
    <message>
        <source>Classes that would be new in the data: {names}</source>
        <translation>数据中将新增的类别：{names}</translation>
    </message>
    <message>
        <source>Next: add them to the data, then train again.</source>
        <translation>下一步：把它们加入数据，然后重新训练。</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) given another class</source>
        <translation>
            <numerusform>%Ln 张图片改了类别</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) had it already</source>
        <translation>
            <numerusform>%Ln 张图片的类别原本就一致</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) added</source>
        <translation>
            <numerusform>已添加 %Ln 张图片</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) could not be copied</source>
        <translation>
            <numerusform>%Ln 张图片无法复制</numerusform>
        </translation>
    </message>
    <message>
        <source>Next: train again with them.</source>
        <translation>下一步：用它们重新训练。</translation>
    </message>
    <message>
        <source>Is this “{answer}”?</source>
        <translation>这是“{answer}”吗？</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>上一张</translation>
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
        <source>Look at the image before again (Left)</source>
        <translation>再看前一张图片(左方向键)</translation>
    </message>
    <message>
        <source>Yes, right</source>
        <translation>正确</translation>
    </message>
    <message>
        <source>The answer is right (Enter, or Right)</source>
        <translation>回答正确(回车或右方向键)</translation>
    </message>
    <message>
        <source>No, it is…</source>
        <translation>不对，是…</translation>
    </message>
    <message>
        <source>The class it is instead</source>
        <translation>它实际所属的类别</translation>
    </message>
    <message>
        <source>Type the first letters of a class, then Enter</source>
        <translation>输入类别的开头几个字母，然后按回车</translation>
    </message>
    <message numerus="yes">
        <source>Add %n reviewed image(s) to the data</source>
        <translation>
            <numerusform>将 %Ln 张已审核图片加入数据</numerusform>
        </translation>
    </message>
    <message>
        <source>Images of the dataset get the class you said; of others a copy is kept in the project. The files themselves stay as they are.</source>
        <translation>数据集中的图片会得到你指定的类别；其他图片会在项目中保留一份副本。原文件保持不变。</translation>
    </message>
    <message>
        <source>Go to Train</source>
        <translation>前往“训练”</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>撤回</translation>
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
    <name>TargetCards</name>
    <message>
        <source>What the file is for</source>
        <translation>文件的用途</translation>
    </message>
</context>
<context>
    <name>TopKBars</name>
    <message>
        <source>No answer yet</source>
        <translation>还没有结果</translation>
    </message>
</context>
<context>
    <name>TrashRow</name>
    <message numerus="yes">
        <source>Delete %n export(s) for good? Nothing brings them back.</source>
        <translation>
            <numerusform>彻底删除 %Ln 个导出？删除后无法找回。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n deleted export(s) in the project&apos;s trash: {size}</source>
        <translation>
            <numerusform>项目回收站中有 %Ln 个已删除的导出：{size}</numerusform>
        </translation>
    </message>
    <message>
        <source>Put back</source>
        <translation>放回</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Delete for good</source>
        <translation>彻底删除</translation>
    </message>
</context>
<context>
    <name>VerdictLine</name>
    <message>
        <source>None of these: the model is not certain enough, and the image is unlike the training images.</source>
        <translation>不属于任何类别：模型把握不足，且图片与训练图片不相似。</translation>
    </message>
    <message>
        <source>None of these: the model is not certain enough.</source>
        <translation>不属于任何类别：模型把握不足。</translation>
    </message>
    <message>
        <source>Perhaps none of these: the image is unlike the training images.</source>
        <translation>可能不属于任何类别：图片与训练图片不相似。</translation>
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
    <name>WatchChip</name>
    <message>
        <source>Stop watching</source>
        <translation>停止监视</translation>
    </message>
    <message>
        <source>Stop watching the folder</source>
        <translation>停止监视文件夹</translation>
    </message>
    <message numerus="yes">
        <source>Watching “{name}” · %n new</source>
        <translation>
            <numerusform>正在监视“{name}” · 新增 %Ln 张</numerusform>
        </translation>
    </message>
    <message>
        <source>“{name}” is gone; waiting for it</source>
        <translation>“{name}”不见了，正在等待其恢复</translation>
    </message>
</context>
<context>
    <name>_FormatRow</name>
    <message>
        <source>not checked here</source>
        <translation>此处无法核对</translation>
    </message>
    <message>
        <source>exactly like the app</source>
        <translation>与本应用完全一致</translation>
    </message>
    <message>
        <source>within your limit</source>
        <translation>在你允许的范围内</translation>
    </message>
</context>
<context>
    <name>_StepRow</name>
    <message>
        <source>waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>at work</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>done</source>
        <translation>已完成</translation>
    </message>
</context>
</TS>
