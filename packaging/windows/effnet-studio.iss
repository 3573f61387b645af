; The installer for Windows; Inno Setup 6.3 or newer makes it:
;
;   iscc /DVersion=1.2.3 /DBundle=..\..\dist\bundle\effnet-studio /DOut=..\..\dist packaging\windows\effnet-studio.iss
;
; Everybody can install for themselves, without an administrator's password; who has one may choose
; to install for all. A newer version takes the place of the older one (AppId must never change).
; Uninstalling removes what was installed and nothing else: projects and settings stay.

#ifndef Version
  #error Version must be given: iscc /DVersion=1.2.3 …
#endif
#ifndef Bundle
  #define Bundle "..\..\dist\bundle\effnet-studio"
#endif
#ifndef Out
  #define Out "..\..\dist"
#endif
#ifndef Compression
  #define Compression "lzma2/max"
#endif
#ifndef Folder
  #define Folder "{autopf}\EffNet Studio"
#endif

#define Name "EffNet Studio"
#define Program "EffNet Studio.exe"
#define Command "effnet-studio.exe"

[Setup]
AppId={{6E3B1B0E-6C54-4C4A-9B8E-0E5B5D5C2F41}
AppName={#Name}
AppVersion={#Version}
AppVerName={#Name} {#Version}
AppPublisher={#Name}
VersionInfoVersion={#Version}
DefaultDirName={#Folder}
DefaultGroupName={#Name}
DisableProgramGroupPage=yes
DisableDirPage=auto
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog commandline
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
; A running app is asked to close (it saves a training first), and is not killed.
CloseApplications=yes
CloseApplicationsFilter=*.exe,*.dll,*.pyd
RestartApplications=no
SetupMutex=EffNetStudioSetup
ChangesAssociations=yes
ChangesEnvironment=yes
UsePreviousLanguage=yes
ShowLanguageDialog=auto
WizardStyle=modern
SetupIconFile=effnet-studio.ico
UninstallDisplayIcon={app}\{#Program}
UninstallDisplayName={#Name}
Compression={#Compression}
SolidCompression=yes
LZMAUseSeparateProcess=yes
OutputDir={#Out}
OutputBaseFilename=EffNet_Studio-{#Version}-windows-x64
#ifdef Signed
; iscc /DSigned /Ssigntool="signtool sign … $f"
SignTool=signtool
SignedUninstaller=yes
#endif

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
; What the Chinese file does not say stays in English.
Name: "zh_CN"; MessagesFile: "compiler:Default.isl,zh_CN.isl"

[Messages]
en.ConfirmUninstall=Do you want to remove %1? Your projects and settings stay.

[CustomMessages]
en.OnPath=Make the command effnet-studio known to terminals
zh_CN.OnPath=让终端认识 effnet-studio 命令
en.Terminals=For people who use a terminal:
zh_CN.Terminals=供使用终端的人：
en.OpenProject=Open with {#Name}
zh_CN.OpenProject=用 {#Name} 打开
en.Project={#Name} project
zh_CN.Project={#Name} 项目
en.KeptAfterwards={#Name} is removed. Your projects and settings are still there; delete them yourself if you no longer want them.
zh_CN.KeptAfterwards={#Name} 已卸载。您的项目和设置都还在；如不再需要，请自行删除。

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; GroupDescription: "{cm:AdditionalIcons}"; Flags: unchecked
Name: "path"; Description: "{cm:OnPath}"; GroupDescription: "{cm:Terminals}"; Flags: unchecked

[InstallDelete]
; Files that a newer version no longer has would be imported by it all the same.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "{#Bundle}\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{group}\{#Name}"; Filename: "{app}\{#Program}"; AppUserModelID: "EffNetStudio.EffNetStudio"
Name: "{autodesktop}\{#Name}"; Filename: "{app}\{#Program}"; AppUserModelID: "EffNetStudio.EffNetStudio"; Tasks: desktopicon

[Registry]
; A project is a folder NAME.effnet, and Windows knows no kinds of folders: it is opened by its
; context menu, which has the line only there, or by the file project.effnet in it.
Root: HKA; Subkey: "Software\Classes\.effnet"; ValueType: string; ValueName: ""; ValueData: "EffNetStudio.Project"; Flags: uninsdeletevalue uninsdeletekeyifempty
Root: HKA; Subkey: "Software\Classes\EffNetStudio.Project"; ValueType: string; ValueName: ""; ValueData: "{cm:Project}"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\EffNetStudio.Project\DefaultIcon"; ValueType: string; ValueName: ""; ValueData: "{app}\{#Program},0"
Root: HKA; Subkey: "Software\Classes\EffNetStudio.Project\shell\open\command"; ValueType: string; ValueName: ""; ValueData: """{app}\{#Program}"" ""%1"""
Root: HKA; Subkey: "Software\Classes\Directory\shell\EffNetStudio"; ValueType: string; ValueName: ""; ValueData: "{cm:OpenProject}"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Directory\shell\EffNetStudio"; ValueType: string; ValueName: "AppliesTo"; ValueData: "System.FileName:~>"".effnet"""
Root: HKA; Subkey: "Software\Classes\Directory\shell\EffNetStudio"; ValueType: string; ValueName: "Icon"; ValueData: "{app}\{#Program}"
Root: HKA; Subkey: "Software\Classes\Directory\shell\EffNetStudio\command"; ValueType: string; ValueName: ""; ValueData: """{app}\{#Program}"" ""%1"""
; In Win+R and in `start effnet-studio`.
Root: HKA; Subkey: "Software\Microsoft\Windows\CurrentVersion\App Paths\{#Command}"; ValueType: string; ValueName: ""; ValueData: "{app}\{#Command}"; Flags: uninsdeletekey

[Run]
Filename: "{app}\{#Program}"; Description: "{cm:LaunchProgram,{#Name}}"; Flags: nowait postinstall skipifsilent

[Code]
const
  UserPath = 'Environment';
  SystemPath = 'SYSTEM\CurrentControlSet\Control\Session Manager\Environment';

function PathKey: String;
begin
  if IsAdminInstallMode then
    Result := SystemPath
  else
    Result := UserPath;
end;

function WithoutOurs(Path: String): String;
{ The list of folders without ours, wherever in it that stands. }
var
  Ours: String;
begin
  Ours := ';' + ExpandConstant('{app}') + ';';
  Path := ';' + Path + ';';
  while Pos(Uppercase(Ours), Uppercase(Path)) > 0 do
    Delete(Path, Pos(Uppercase(Ours), Uppercase(Path)), Length(Ours) - 1);
  while (Length(Path) > 0) and (Path[1] = ';') do
    Delete(Path, 1, 1);
  while (Length(Path) > 0) and (Path[Length(Path)] = ';') do
    Delete(Path, Length(Path), 1);
  Result := Path;
end;

procedure SetPath(Wanted: Boolean);
{ Other entries keep their order; the value stays one that expands %NAMES%. }
var
  Path, Others: String;
begin
  if not RegQueryStringValue(HKA, PathKey, 'Path', Path) then
    Path := '';
  Others := WithoutOurs(Path);
  if Wanted then begin
    if Others <> '' then
      Others := Others + ';';
    RegWriteExpandStringValue(HKA, PathKey, 'Path', Others + ExpandConstant('{app}'));
  end else if Others <> Path then
    RegWriteExpandStringValue(HKA, PathKey, 'Path', Others);
end;

procedure CurStepChanged(CurStep: TSetupStep);
begin
  if CurStep = ssPostInstall then
    SetPath(WizardIsTaskSelected('path'));
end;

procedure CurUninstallStepChanged(CurUninstallStep: TUninstallStep);
begin
  if CurUninstallStep = usUninstall then
    SetPath(False);
  if (CurUninstallStep = usDone) and not UninstallSilent then
    MsgBox(CustomMessage('KeptAfterwards'), mbInformation, MB_OK);
end;
