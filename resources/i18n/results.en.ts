<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
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
    <name>ExportHistory</name>
    <message numerus="yes">
        <source>Show more (%n hidden)</source>
        <translation>
            <numerusform>Show more (%n hidden)</numerusform>
            <numerusform>Show more (%n hidden)</numerusform>
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
    <name>PredictedList</name>
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
    <name>TrashRow</name>
    <message numerus="yes">
        <source>Delete %n export(s) for good? Nothing brings them back.</source>
        <translation>
            <numerusform>Delete %n export for good? Nothing brings it back.</numerusform>
            <numerusform>Delete %n exports for good? Nothing brings them back.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n deleted export(s) in the project&apos;s trash: {size}</source>
        <translation>
            <numerusform>%n deleted export in the project&apos;s trash: {size}</numerusform>
            <numerusform>%n deleted exports in the project&apos;s trash: {size}</numerusform>
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
</TS>
