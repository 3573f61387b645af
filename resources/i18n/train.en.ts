<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>AugmentPreview</name>
    <message numerus="yes">
        <source>%n random operation(s) such as turning or shearing</source>
        <translation>
            <numerusform>%Ln random operation such as turning or shearing</numerusform>
            <numerusform>%Ln random operations such as turning or shearing</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Retrainer</name>
    <message numerus="yes">
        <source>%n image(s) got another class</source>
        <translation>
            <numerusform>%Ln image got another class</numerusform>
            <numerusform>%Ln images got another class</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n left out</source>
        <translation>
            <numerusform>%Ln left out</numerusform>
            <numerusform>%Ln left out</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new</source>
        <translation>
            <numerusform>%Ln new</numerusform>
            <numerusform>%Ln new</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TrainSetup</name>
    <message numerus="yes">
        <source>%n setting(s) of your own.</source>
        <translation>
            <numerusform>%Ln setting of your own.</numerusform>
            <numerusform>%Ln settings of your own.</numerusform>
        </translation>
    </message>
</context>
</TS>
