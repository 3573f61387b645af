<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AttentionBoard</name>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%Ln 张图片</numerusform>
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
        <translation>同一答案的所有图片的平均，及其热力图的平均。没有哪个类别的关注点与众不同地集中在角落或边缘。</translation>
    </message>
    <message>
        <source>To be surer, look closer: choose Fine above.</source>
        <translation>想更有把握，可以看得更细：在上方选择“精细度：精细”。</translation>
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
    <name>AttentionView</name>
    <message numerus="yes">
        <source>Look at all %n image(s)</source>
        <translation>
            <numerusform>查看全部 %Ln 张图片</numerusform>
        </translation>
    </message>
    <message>
        <source>Not looked yet</source>
        <translation>尚未查看</translation>
    </message>
    <message>
        <source>For each image the app finds out which places spoke for the model&apos;s answer, and what the images of a class have in common: the thing itself, or something beside it that gives the class away.</source>
        <translation>应用会找出每张图片中哪些位置支持模型的答案，以及同一类别的图片有何共同之处：是物体本身，还是旁边暴露类别的线索。</translation>
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
        <translation>每个类别与其余类别对比</translation>
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
    <name>ConfidenceView</name>
    <message>
        <source>Working it out …</source>
        <translation>正在计算…</translation>
    </message>
    <message>
        <source>These would get “none of these”</source>
        <translation>这些会被判为“不属于任何类别”</translation>
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
    <name>ConfusionMatrix</name>
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
    <message>
        <source>Answer of the model</source>
        <translation>模型的回答</translation>
    </message>
    <message>
        <source>Point at a square to read its classes; click it to see its images.</source>
        <translation>指向方格可查看其类别，点击可查看其图片。</translation>
    </message>
    <message>
        <source>Too many classes to point at: “Mix-ups” lists them pair by pair.</source>
        <translation>类别太多，无法逐格指向：请在“混淆”中逐对查看。</translation>
    </message>
    <message>
        <source>Confusion matrix: rows are true classes</source>
        <translation>混淆矩阵：每行是一个真实类别</translation>
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
        <source>Pointed at: {what}</source>
        <translation>所指：{what}</translation>
    </message>
    <message>
        <source>Chosen: {what}</source>
        <translation>已选：{what}</translation>
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
            <numerusform>误报 %Ln 张</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n missed</source>
        <translation>
            <numerusform>漏检 %Ln 张</numerusform>
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
        <translation>{count} 个类别，各自与其余类别对比</translation>
    </message>
    <message>
        <source>{name} (positive) against {other}</source>
        <translation>{name}（阳性）与 {other} 对比</translation>
    </message>
    <message>
        <source>{name} against the rest</source>
        <translation>{name} 与其余类别对比</translation>
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
    <message>
        <source>Try again</source>
        <translation>重试</translation>
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
        <source>What the first run says, then what the second says. Green: only the second is right; blue: only the first.</source>
        <translation>先是第一次训练的答案，然后是第二次的答案。绿色：只有第二次答对；蓝色：只有第一次答对。</translation>
    </message>
    <message>
        <source>The images appear here once both runs have judged them.</source>
        <translation>两次训练都判断完后，图片会显示在这里。</translation>
    </message>
    <message>
        <source>Nothing was compared.</source>
        <translation>未能进行比较。</translation>
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
    <name>EvaluatePage</name>
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
    <message numerus="yes">
        <source>The model has learned from %n of these images: it does better on them than on others.</source>
        <translation>
            <numerusform>该模型学习过其中 %Ln 张图片：在这些图片上的表现会好于其他图片。</numerusform>
        </translation>
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
        <source>The project is open for reading only: results are not kept.</source>
        <translation>项目以只读方式打开：结果不会保存。</translation>
    </message>
    <message>
        <source>Evaluate</source>
        <translation>评估</translation>
    </message>
    <message>
        <source>Enough images?</source>
        <translation>图片够吗？</translation>
    </message>
    <message>
        <source>Where it looks</source>
        <translation>关注区域</translation>
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
        <source>Detail: coarse</source>
        <translation>精细度：粗略</translation>
    </message>
    <message>
        <source>Detail: fine</source>
        <translation>精细度：精细</translation>
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
        <translation>前往“数据”</translation>
    </message>
    <message>
        <source>Go to Train</source>
        <translation>前往“训练”</translation>
    </message>
    <message>
        <source>Not checked yet</source>
        <translation>尚未检查</translation>
    </message>
    <message>
        <source>The model answers for each of these images, and the answers are compared with your folders.</source>
        <translation>模型会逐张判断这些图片，再与文件夹中的类别对照。</translation>
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
        <translation>检查模型</translation>
    </message>
    <message>
        <source>Checking on {name}</source>
        <translation> {name} 上检查</translation>
    </message>
    <message>
        <source>Checking {name}</source>
        <translation>检查 {name}</translation>
    </message>
</context>
<context>
    <name>EvaluationView</name>
    <message>
        <source>Worst first. Under each image: its true class, then the answer and how sure it was.</source>
        <translation>最差的在前。每张图片下方先是真实类别，然后是模型的回答及其置信度。</translation>
    </message>
    <message>
        <source>Every image was recognised.</source>
        <translation>所有图片都认对了。</translation>
    </message>
    <message>
        <source>All errors</source>
        <translation>全部错误</translation>
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
        <source>Worst first. Under each image: its true class, then the answer and how sure it was.</source>
        <translation>最差的在前。每张图片下方先是真实类别，然后是模型的回答及其置信度。</translation>
    </message>
    <message>
        <source>{answer}, recognised: to compare</source>
        <translation>{answer}，识别正确：供对比</translation>
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
    <message numerus="yes">
        <source>%n unreadable</source>
        <translation>
            <numerusform>%Ln 张无法读取</numerusform>
        </translation>
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
        <source>%n error(s)</source>
        <translation>
            <numerusform>%Ln 个错误</numerusform>
        </translation>
    </message>
    <message>
        <source>Images checked</source>
        <translation>已检查的图片</translation>
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
        <source>Better only where the whole interval is on one side of 0; for accuracy the exact test above must say so too (p below 0.05)</source>
        <translation>只有整个区间都在 0 的同一侧时才算更好；准确率还须通过上方的精确检验（p 小于 0.05）</translation>
    </message>
    <message>
        <source>Figures of both runs</source>
        <translation>两次训练的指标</translation>
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
        <source>Try it on new images</source>
        <translation>用新图片试一试</translation>
    </message>
    <message>
        <source>See how it does on images that are not in the project.</source>
        <translation>看看它在项目以外的图片上表现如何。</translation>
    </message>
    <message>
        <source>Choose something else at the left.</source>
        <translation>请在左侧另选一项。</translation>
    </message>
    <message>
        <source>Where it looks</source>
        <translation>关注区域</translation>
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
        <source>likely range</source>
        <translation>可能范围</translation>
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
        <source>Train another way</source>
        <translation>换一种方式训练</translation>
    </message>
    <message>
        <source>Add images</source>
        <translation>添加图片</translation>
    </message>
    <message>
        <source>Tried with {model} as the preset Instant trains it, with 25, 50, 75 and 100 % of the {train} training images, and checked on {val} validation images. Test images were not used. A gain holds if the other classes get as many more images.</source>
        <translation>用 {model} 按“即时”预设的方式训练，分别使用 {train} 张训练图片的 25、50、75 和 100 %，并在 {val} 张验证图片上检查。未使用测试图片。提升的前提是其他类别也增加同样多的图片。</translation>
    </message>
</context>
<context>
    <name>LearningCurveView</name>
    <message>
        <source>The app trains on a quarter, half, three quarters and all of your images, as the preset Instant does. From how the model gets better it tells of which class more images would help most.</source>
        <translation>应用会像“即时”预设那样，分别用你四分之一、一半、四分之三和全部的图片进行训练，并根据模型的进步判断哪个类别增加图片帮助最大。</translation>
    </message>
    <message>
        <source>Find out</source>
        <translation>开始判断</translation>
    </message>
    <message>
        <source>Would more images help?</source>
        <translation>更多图片会有帮助吗？</translation>
    </message>
</context>
<context>
    <name>MadeView</name>
    <message>
        <source>{action} (about {time})</source>
        <translation>{action}（约 {time}）</translation>
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
        <source>Draw a box with the mouse, or move it with the arrow keys</source>
        <translation>用鼠标画框，或用方向键移动</translation>
    </message>
</context>
<context>
    <name>ReliabilityCharts</name>
    <message>
        <source>Is it right as often as it says?</source>
        <translation>它说的把握可信吗？</translation>
    </message>
    <message>
        <source>How sure it was</source>
        <translation>模型有多大把握</translation>
    </message>
    <message>
        <source>Images, right answers blue and errors orange. Each bar opens its images.</source>
        <translation>图片数量：蓝色为答对，橙色为答错。点击柱子可查看其中的图片。</translation>
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
        <source>Bars: how many were right (line: 95 % interval). Marks: how sure it was. Dashed: where both are equal.</source>
        <translation>柱：答对的比例（竖线：95 % 区间）。横标：模型的置信度。虚线：两者相等。</translation>
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
            <numerusform>%Ln 张图片</numerusform>
        </translation>
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
    <name>RunVerdict</name>
    <message>
        <source>What images one of them saw is not remembered.</source>
        <translation>没有记录其中一个见过哪些图片。</translation>
    </message>
    <message>
        <source>Both saw the same images.</source>
        <translation>两者见到的图片相同。</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) were added</source>
        <translation>
            <numerusform>新增了 %Ln 张图片</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) were removed</source>
        <translation>
            <numerusform>移除了 %Ln 张图片</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) were given another class</source>
        <translation>
            <numerusform>%Ln 张图片改了类别</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) were moved between training, validation and test</source>
        <translation>
            <numerusform>%Ln 张图片换了所属的集合</numerusform>
        </translation>
    </message>
    <message>
        <source>{some} and {last}</source>
        <translation>{some}，{last}</translation>
    </message>
    <message>
        <source>Since the first run, {changes}.</source>
        <translation>两次训练之间，{changes}。</translation>
    </message>
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
        <translation>比较训练</translation>
    </message>
</context>
<context>
    <name>ScoreHistogram</name>
    <message>
        <source>{low} to {high}: {count} of {all} images ({group})</source>
        <translation>{low} 至 {high}：{all} 张图片中的 {count} 张（{group}）</translation>
    </message>
    <message>
        <source>highest bar: {count}</source>
        <translation>最高的柱：{count}</translation>
    </message>
</context>
<context>
    <name>SliceFindings</name>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%Ln 张图片</numerusform>
        </translation>
    </message>
    <message>
        <source>at least {count} more errors in 100 than the others</source>
        <translation>每 100 张比其余图片至少多 {count} 个错误</translation>
    </message>
</context>
<context>
    <name>SlicesView</name>
    <message>
        <source>Recognised in the same group</source>
        <translation>同组中识别正确的</translation>
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
        <source>Errors {group}</source>
        <translation>错误：{group}</translation>
    </message>
    <message>
        <source>Worst first. Under each image: its true class, then the answer and how sure it was.</source>
        <translation>最差的在前。每张图片下方先是真实类别，然后是模型的回答及其置信度。</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>Group by</source>
        <translation>分组依据</translation>
    </message>
    <message>
        <source>Bar: share that is right. Thin line: 95 % interval. Mark: all images.</source>
        <translation>横条：答对的比例。细线：95 % 区间。竖标：全部图片。</translation>
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
    <name>ThresholdCard</name>
    <message>
        <source>When to say “none of these”</source>
        <translation>何时判为“不属于任何类别”</translation>
    </message>
    <message>
        <source>The more of the least certain answers are left out, the more of the rest are right.</source>
        <translation>舍去的最没把握的答案越多，其余答案的正确率就越高。</translation>
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
        <source>At least this many right:</source>
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
        <source>%n image(s) would get “none of these”.</source>
        <translation>
            <numerusform>%Ln 张图片会被判为“不属于任何类别”。</numerusform>
        </translation>
    </message>
    <message>
        <source>Show the images that would get “none of these”</source>
        <translation>显示会被判为“不属于任何类别”的图片</translation>
    </message>
    <message numerus="yes">
        <source>Show %n image(s)</source>
        <translation>
            <numerusform>显示 %Ln 张图片</numerusform>
        </translation>
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
        <source>Do not choose a threshold with the test images: their accuracy would then no longer say how good the model is with new images. Choose with the validation images.</source>
        <translation>请勿用测试图片选择阈值：那样其准确率就不能再说明模型对新图片的表现。请用验证图片选择。</translation>
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
        <source>From all images, not only those checked: the label, and below it what the image looks like and how suspicious the label is. Select the labels that are wrong.</source>
        <translation>涵盖所有图片，而不只是检查过的：上为标签，下为图片看起来像什么以及标签的可疑程度。请选出错误的标签。</translation>
    </message>
    <message numerus="yes">
        <source>%n error(s), the surest first</source>
        <translation>
            <numerusform>%Ln 个错误，最有把握的在前</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n error(s), the least likely truth first</source>
        <translation>
            <numerusform>%Ln 个错误，真实类别概率最低的在前</numerusform>
        </translation>
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
        <source>%n image(s)</source>
        <translation>
            <numerusform>%Ln 张图片</numerusform>
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
    <message numerus="yes">
        <source>Mixed up %n time(s)</source>
        <translation>
            <numerusform>混淆 %Ln 次</numerusform>
        </translation>
    </message>
    <message>
        <source>Compares each image with the others of its class, by a model that has not seen its label.</source>
        <translation>用没有见过其标签的模型，将每张图片与同类的其他图片比较。</translation>
    </message>
    <message>
        <source>Choose a folder of images without labels: those that the model would learn most from open on the Predict page, where you say what they are.</source>
        <translation>请选择一个没有标签的图片文件夹：对模型学习最有帮助的图片会在“预测”页打开，由你说明它们是什么。</translation>
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
</TS>
