<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>ComparisonSummary</name>
    <message numerus="yes">
        <source>They agree on {same} of %n image(s)</source>
        <translation>
            <numerusform>They agree on {same} of %Ln image</numerusform>
            <numerusform>They agree on {same} of %Ln images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Right on {first} (A) and {second} (B) of %n image(s) held back from training.</source>
        <translation>
            <numerusform>Right on {first} (A) and {second} (B) of %Ln image held back from training.</numerusform>
            <numerusform>Right on {first} (A) and {second} (B) of %Ln images held back from training.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Measured with up to %n thread(s).</source>
        <translation>
            <numerusform>Measured with one thread.</numerusform>
            <numerusform>Measured with up to %Ln threads.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExportHistory</name>
    <message numerus="yes">
        <source>Show more (%n hidden)</source>
        <translation>
            <numerusform>Show more (%Ln hidden)</numerusform>
            <numerusform>Show more (%Ln hidden)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FilingResult</name>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%Ln image</numerusform>
            <numerusform>%Ln images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n folder(s)</source>
        <translation>
            <numerusform>%Ln folder</numerusform>
            <numerusform>%Ln folders</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) could not be filed</source>
        <translation>
            <numerusform>%Ln image could not be filed</numerusform>
            <numerusform>%Ln images could not be filed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LivePanel</name>
    <message numerus="yes">
        <source>%n picture(s) kept in the list</source>
        <translation>
            <numerusform>%Ln picture kept in the list</numerusform>
            <numerusform>%Ln pictures kept in the list</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PredictedList</name>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%Ln image</numerusform>
            <numerusform>%Ln images</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewBar</name>
    <message numerus="yes">
        <source>%n image(s) given another class</source>
        <translation>
            <numerusform>%Ln image given another class</numerusform>
            <numerusform>%Ln images given another class</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) had it already</source>
        <translation>
            <numerusform>%Ln image had it already</numerusform>
            <numerusform>%Ln images had it already</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) added</source>
        <translation>
            <numerusform>%Ln image added</numerusform>
            <numerusform>%Ln images added</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) could not be copied</source>
        <translation>
            <numerusform>%Ln image could not be copied</numerusform>
            <numerusform>%Ln images could not be copied</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Add %n reviewed image(s) to the data</source>
        <translation>
            <numerusform>Add %Ln reviewed image to the data</numerusform>
            <numerusform>Add %Ln reviewed images to the data</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TrashRow</name>
    <message numerus="yes">
        <source>Delete %n export(s) for good? Nothing brings them back.</source>
        <translation>
            <numerusform>Delete %Ln export for good? Nothing brings it back.</numerusform>
            <numerusform>Delete %Ln exports for good? Nothing brings them back.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n deleted export(s) in the project&apos;s trash: {size}</source>
        <translation>
            <numerusform>%Ln deleted export in the project&apos;s trash: {size}</numerusform>
            <numerusform>%Ln deleted exports in the project&apos;s trash: {size}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WatchChip</name>
    <message numerus="yes">
        <source>Watching “{name}” · %n new</source>
        <translation>
            <numerusform>Watching “{name}” · %Ln new</numerusform>
            <numerusform>Watching “{name}” · %Ln new</numerusform>
        </translation>
    </message>
</context>
</TS>
