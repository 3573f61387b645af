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
    <name>CurvesView</name>
    <message numerus="yes">
        <source>%n false alarm(s)</source>
        <translation>
            <numerusform>%n false alarm</numerusform>
            <numerusform>%n false alarms</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n missed</source>
        <translation>
            <numerusform>%n missed</numerusform>
            <numerusform>%n missed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EvaluatePage</name>
    <message numerus="yes">
        <source>The model has learned from %n of these images: it does better on them than on others.</source>
        <translation>
            <numerusform>The model has learned from %n of these images: it does better on them than on others.</numerusform>
            <numerusform>The model has learned from %n of these images: it does better on them than on others.</numerusform>
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
