<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>BrowserBar</name>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%Ln image</numerusform>
            <numerusform>%Ln images</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CameraPanel</name>
    <message numerus="yes">
        <source>%n picture(s) taken</source>
        <translation>
            <numerusform>%Ln picture taken</numerusform>
            <numerusform>%Ln pictures taken</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Closing</name>
    <message numerus="yes">
        <source>%n jobs are still running. Close anyway?</source>
        <translation>
            <numerusform>%Ln job is still running. Close anyway?</numerusform>
            <numerusform>%Ln jobs are still running. Close anyway?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DataPage</name>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%Ln image</numerusform>
            <numerusform>%Ln images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n class(es)</source>
        <translation>
            <numerusform>%Ln class</numerusform>
            <numerusform>%Ln classes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n folder(s)</source>
        <translation>
            <numerusform>%Ln folder</numerusform>
            <numerusform>%Ln folders</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DeletedRunsDialog</name>
    <message numerus="yes">
        <source>They can be put back until they are deleted for good. %n run(s), {size} in all.</source>
        <translation>
            <numerusform>They can be put back until they are deleted for good. %Ln run, {size} in all.</numerusform>
            <numerusform>They can be put back until they are deleted for good. %Ln runs, {size} in all.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ErrorEntry</name>
    <message numerus="yes">
        <source>%Ln time(s)</source>
        <translation>
            <numerusform>%Ln time</numerusform>
            <numerusform>%Ln times</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Happened %n time(s)</source>
        <translation>
            <numerusform>Happened once</numerusform>
            <numerusform>Happened %Ln times</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ErrorList</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%Ln more</numerusform>
            <numerusform>%Ln more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FileImagesDialog</name>
    <message numerus="yes">
        <source>File the remaining %n image(s)</source>
        <translation>
            <numerusform>File the remaining image</numerusform>
            <numerusform>File the remaining %Ln images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>File %n image(s)</source>
        <translation>
            <numerusform>File %Ln image</numerusform>
            <numerusform>File %Ln images</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FindingMenu</name>
    <message numerus="yes">
        <source>Leave out (%n)</source>
        <translation>
            <numerusform>Leave out (%Ln)</numerusform>
            <numerusform>Leave out (%Ln)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GpuPacker</name>
    <message numerus="yes">
        <source>%n file(s) are missing or damaged. Remove the pack, and install it again.</source>
        <translation>
            <numerusform>%Ln file is missing or damaged. Remove the pack, and install it again.</numerusform>
            <numerusform>%Ln files are missing or damaged. Remove the pack, and install it again.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportProgress</name>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%Ln file</numerusform>
            <numerusform>%Ln files</numerusform>
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
        <source>%n file(s) cannot be used</source>
        <translation>
            <numerusform>%Ln file cannot be used</numerusform>
            <numerusform>%Ln files cannot be used</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LearningTable</name>
    <message numerus="yes">
        <source>Too few validation images of this class to tell: %n</source>
        <translation>
            <numerusform>Too few validation images of this class to tell: %Ln</numerusform>
            <numerusform>Too few validation images of this class to tell: %Ln</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>On %n validation image(s)</source>
        <translation>
            <numerusform>On %Ln validation image</numerusform>
            <numerusform>On %Ln validation images</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MapFoot</name>
    <message numerus="yes">
        <source>%n image(s) are not on the map yet: make it again.</source>
        <translation>
            <numerusform>%Ln image is not on the map yet: make it again.</numerusform>
            <numerusform>%Ln images are not on the map yet: make it again.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>%Ln selected</numerusform>
            <numerusform>%Ln selected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RecentRow</name>
    <message numerus="yes">
        <source>Opened %n day(s) ago</source>
        <translation>
            <numerusform>Opened %Ln day ago</numerusform>
            <numerusform>Opened %Ln days ago</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RegionShareTable</name>
    <message numerus="yes">
        <source>%n image(s); with others of this kind it would be between {low} and {high} (95 %). Looking everywhere alike would give {area}.</source>
        <translation>
            <numerusform>%Ln image; with others of this kind it would be between {low} and {high} (95 %). Looking everywhere alike would give {area}.</numerusform>
            <numerusform>%Ln images; with others of this kind it would be between {low} and {high} (95 %). Looking everywhere alike would give {area}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SelectionBar</name>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>%Ln selected</numerusform>
            <numerusform>%Ln selected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message numerus="yes">
        <source>%n setting(s) reset.</source>
        <translation>
            <numerusform>%Ln setting reset.</numerusform>
            <numerusform>%Ln settings reset.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Summary</name>
    <message numerus="yes">
        <source>%n problem(s) found</source>
        <translation>
            <numerusform>%Ln problem found</numerusform>
            <numerusform>%Ln problems found</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) to look at</source>
        <translation>
            <numerusform>%Ln thing to look at</numerusform>
            <numerusform>%Ln things to look at</numerusform>
        </translation>
    </message>
</context>
</TS>
