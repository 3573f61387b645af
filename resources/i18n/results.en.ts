<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>ExportResultCard</name>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n image</numerusform>
            <numerusform>%n images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Not ready: on %n image(s) the file gives another answer than the app.</source>
        <translation>
            <numerusform>Not ready: on %n image the file gives another answer than the app.</numerusform>
            <numerusform>Not ready: on %n images the file gives another answer than the app.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FilingResult</name>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n image</numerusform>
            <numerusform>%n images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n folder(s)</source>
        <translation>
            <numerusform>%n folder</numerusform>
            <numerusform>%n folders</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) could not be filed</source>
        <translation>
            <numerusform>%n image could not be filed</numerusform>
            <numerusform>%n images could not be filed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PredictedList</name>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n image</numerusform>
            <numerusform>%n images</numerusform>
        </translation>
    </message>
</context>
</TS>
