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
    <name>Text</name>
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
