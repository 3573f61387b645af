<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>AttentionBoard</name>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n image</numerusform>
            <numerusform>%n images</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AttentionView</name>
    <message numerus="yes">
        <source>Look at all %n image(s)</source>
        <translation>
            <numerusform>Look at %n image</numerusform>
            <numerusform>Look at all %n images</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AugmentPreview</name>
    <message numerus="yes">
        <source>%n random operation(s) such as turning or shearing</source>
        <translation>
            <numerusform>%n random operation such as turning or shearing</numerusform>
            <numerusform>%n random operations such as turning or shearing</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BrowserBar</name>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n image</numerusform>
            <numerusform>%n images</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CameraPanel</name>
    <message numerus="yes">
        <source>%n picture(s) taken</source>
        <translation>
            <numerusform>%n picture taken</numerusform>
            <numerusform>%n pictures taken</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ComparisonSummary</name>
    <message numerus="yes">
        <source>They agree on {same} of %n image(s)</source>
        <translation>
            <numerusform>They agree on {same} of %n image</numerusform>
            <numerusform>They agree on {same} of %n images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Right on {first} (A) and {second} (B) of %n image(s) held back from training.</source>
        <translation>
            <numerusform>Right on {first} (A) and {second} (B) of %n image held back from training.</numerusform>
            <numerusform>Right on {first} (A) and {second} (B) of %n images held back from training.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Measured with up to %n thread(s).</source>
        <translation>
            <numerusform>Measured with one thread.</numerusform>
            <numerusform>Measured with up to %n threads.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DataPage</name>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n image</numerusform>
            <numerusform>%n images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n class(es)</source>
        <translation>
            <numerusform>%n class</numerusform>
            <numerusform>%n classes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n folder(s)</source>
        <translation>
            <numerusform>%n folder</numerusform>
            <numerusform>%n folders</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FiguresTab</name>
    <message numerus="yes">
        <source>%n image(s) could not be read</source>
        <translation>
            <numerusform>%n image could not be read</numerusform>
            <numerusform>%n images could not be read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n error(s)</source>
        <translation>
            <numerusform>%n error</numerusform>
            <numerusform>%n errors</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FileImagesDialog</name>
    <message numerus="yes">
        <source>File %n image(s)</source>
        <translation>
            <numerusform>File %n image</numerusform>
            <numerusform>File %n images</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FindingMenu</name>
    <message numerus="yes">
        <source>Leave out (%n)</source>
        <translation>
            <numerusform>Leave out (%n)</numerusform>
            <numerusform>Leave out (%n)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportProgress</name>
    <message numerus="yes">
        <source>%n file(s) cannot be used</source>
        <translation>
            <numerusform>%n file cannot be used</numerusform>
            <numerusform>%n files cannot be used</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LearningTable</name>
    <message numerus="yes">
        <source>Too few validation images of this class to tell: %n</source>
        <translation>
            <numerusform>Too few validation images of this class to tell: %n</numerusform>
            <numerusform>Too few validation images of this class to tell: %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>On %n validation image(s)</source>
        <translation>
            <numerusform>On %n validation image</numerusform>
            <numerusform>On %n validation images</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LivePanel</name>
    <message numerus="yes">
        <source>%n picture(s) kept in the list</source>
        <translation>
            <numerusform>%n picture kept in the list</numerusform>
            <numerusform>%n pictures kept in the list</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MapFoot</name>
    <message numerus="yes">
        <source>%n image(s) are not on the map yet: make it again.</source>
        <translation>
            <numerusform>%n image is not on the map yet: make it again.</numerusform>
            <numerusform>%n images are not on the map yet: make it again.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>%n selected</numerusform>
            <numerusform>%n selected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RegionShareTable</name>
    <message numerus="yes">
        <source>%n image(s); with others of this kind it would be between {low} and {high} (95 %). Looking everywhere alike would give {area}.</source>
        <translation>
            <numerusform>%n image; with others of this kind it would be between {low} and {high} (95 %). Looking everywhere alike would give {area}.</numerusform>
            <numerusform>%n images; with others of this kind it would be between {low} and {high} (95 %). Looking everywhere alike would give {area}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReliabilityCharts</name>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n image</numerusform>
            <numerusform>%n images</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewBar</name>
    <message numerus="yes">
        <source>%n image(s) given another class</source>
        <translation>
            <numerusform>%n image given another class</numerusform>
            <numerusform>%n images given another class</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) had it already</source>
        <translation>
            <numerusform>%n image had it already</numerusform>
            <numerusform>%n images had it already</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) added</source>
        <translation>
            <numerusform>%n image added</numerusform>
            <numerusform>%n images added</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) could not be copied</source>
        <translation>
            <numerusform>%n image could not be copied</numerusform>
            <numerusform>%n images could not be copied</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Add %n reviewed image(s) to the data</source>
        <translation>
            <numerusform>Add %n reviewed image to the data</numerusform>
            <numerusform>Add %n reviewed images to the data</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SelectionBar</name>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>%n selected</numerusform>
            <numerusform>%n selected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SliceFindings</name>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n image</numerusform>
            <numerusform>%n images</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ThresholdCard</name>
    <message numerus="yes">
        <source>%n image(s) would get &quot;none of these&quot;.</source>
        <translation>
            <numerusform>%n image would get &quot;none of these&quot;.</numerusform>
            <numerusform>%n images would get &quot;none of these&quot;.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show %n image(s)</source>
        <translation>
            <numerusform>Show %n image</numerusform>
            <numerusform>Show %n images</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WatchChip</name>
    <message numerus="yes">
        <source>Watching {name} · %n new</source>
        <translation>
            <numerusform>Watching {name} · %n new</numerusform>
            <numerusform>Watching {name} · %n new</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WorstView</name>
    <message numerus="yes">
        <source>%n error(s)</source>
        <translation>
            <numerusform>%n error</numerusform>
            <numerusform>%n errors</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n image</numerusform>
            <numerusform>%n images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Mixed up %n time(s)</source>
        <translation>
            <numerusform>Mixed up %n time</numerusform>
            <numerusform>Mixed up %n times</numerusform>
        </translation>
    </message>
</context>
</TS>
