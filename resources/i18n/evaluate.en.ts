<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>AttentionBoard</name>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%Ln image</numerusform>
            <numerusform>%Ln images</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AttentionView</name>
    <message numerus="yes">
        <source>Look at all %n image(s)</source>
        <translation>
            <numerusform>Look at %Ln image</numerusform>
            <numerusform>Look at all %Ln images</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CurvesView</name>
    <message numerus="yes">
        <source>%n false alarm(s)</source>
        <translation>
            <numerusform>%Ln false alarm</numerusform>
            <numerusform>%Ln false alarms</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n missed</source>
        <translation>
            <numerusform>%Ln missed</numerusform>
            <numerusform>%Ln missed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EvaluatePage</name>
    <message numerus="yes">
        <source>The model has learned from %n of these images: it does better on them than on others.</source>
        <translation>
            <numerusform>The model has learned from %Ln of these images: it does better on them than on others.</numerusform>
            <numerusform>The model has learned from %Ln of these images: it does better on them than on others.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FiguresTab</name>
    <message numerus="yes">
        <source>%n unreadable</source>
        <translation>
            <numerusform>%Ln unreadable</numerusform>
            <numerusform>%Ln unreadable</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n error(s)</source>
        <translation>
            <numerusform>%Ln error</numerusform>
            <numerusform>%Ln errors</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReliabilityCharts</name>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%Ln image</numerusform>
            <numerusform>%Ln images</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RunVerdict</name>
    <message numerus="yes">
        <source>%n image(s) were added</source>
        <translation>
            <numerusform>%Ln image was added</numerusform>
            <numerusform>%Ln images were added</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) were removed</source>
        <translation>
            <numerusform>%Ln image was removed</numerusform>
            <numerusform>%Ln images were removed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) were given another class</source>
        <translation>
            <numerusform>%Ln image was given another class</numerusform>
            <numerusform>%Ln images were given another class</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) were moved between training, validation and test</source>
        <translation>
            <numerusform>%Ln image was moved between training, validation and test</numerusform>
            <numerusform>%Ln images were moved between training, validation and test</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SliceFindings</name>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%Ln image</numerusform>
            <numerusform>%Ln images</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ThresholdCard</name>
    <message numerus="yes">
        <source>%n image(s) would get “none of these”.</source>
        <translation>
            <numerusform>%Ln image would get “none of these”.</numerusform>
            <numerusform>%Ln images would get “none of these”.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show %n image(s)</source>
        <translation>
            <numerusform>Show %Ln image</numerusform>
            <numerusform>Show %Ln images</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WorstView</name>
    <message numerus="yes">
        <source>%n error(s), the surest first</source>
        <translation>
            <numerusform>%Ln error, the surest first</numerusform>
            <numerusform>%Ln errors, the surest first</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n error(s), the least likely truth first</source>
        <translation>
            <numerusform>%Ln error, the least likely truth first</numerusform>
            <numerusform>%Ln errors, the least likely truth first</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%Ln image</numerusform>
            <numerusform>%Ln images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Mixed up %n time(s)</source>
        <translation>
            <numerusform>Mixed up %Ln time</numerusform>
            <numerusform>Mixed up %Ln times</numerusform>
        </translation>
    </message>
</context>
</TS>
