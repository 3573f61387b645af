<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
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
    <name>SelectionBar</name>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>%n selected</numerusform>
            <numerusform>%n selected</numerusform>
        </translation>
    </message>
</context>
</TS>
