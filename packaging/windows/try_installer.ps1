# Install what was built, let the app try itself, install again over it, and uninstall.
#
#   packaging/windows/try_installer.ps1 C:\...\EffNet_Studio-1.2.3-windows-x64.exe
#
# For a machine of a CI: it leaves nothing behind but build/self-test.json and build/pictures.
param([Parameter(Mandatory)][string]$Installer)
$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 3

function Invoke-Program([string]$File, [string[]]$Arguments) {
    $process = Start-Process -FilePath $File -ArgumentList $Arguments -Wait -PassThru -NoNewWindow
    if ($process.ExitCode -ne 0) { throw "$File ended with $($process.ExitCode)" }
}

$app = Join-Path $env:LOCALAPPDATA 'Programs\EffNet Studio'
$silent = '/VERYSILENT', '/SUPPRESSMSGBOXES', '/NORESTART', '/CURRENTUSER'
New-Item -ItemType Directory -Force build/pictures | Out-Null

Invoke-Program $Installer ($silent + '/LANG=en')
$command = Join-Path $app 'effnet-studio.exe'
foreach ($file in $command, (Join-Path $app 'EffNet Studio.exe')) {
    if (-not (Test-Path $file)) { throw "$file was not installed" }
}
& $command --version
if ($LASTEXITCODE -ne 0) { throw 'The command line does not start' }
& $command doctor
& $command self-test --json build/self-test.json --pictures build/pictures
if ($LASTEXITCODE -ne 0) { throw 'The self-test failed' }

# The window's own program, as the icon starts it: it must stay open.
$window = Start-Process -FilePath (Join-Path $app 'EffNet Studio.exe') -PassThru
Start-Sleep -Seconds 20
if ($window.HasExited) { throw "The window ended by itself with $($window.ExitCode)" }

# An upgrade asks it to close.
$project = Join-Path ([Environment]::GetFolderPath('MyDocuments')) 'EffNet Studio\kept.effnet'
New-Item -ItemType Directory -Force $project | Out-Null
Set-Content (Join-Path $project 'project.json') '{}'
Invoke-Program $Installer ($silent + '/CLOSEAPPLICATIONS')
if (-not $window.WaitForExit(10000)) { throw 'The window did not close for the upgrade' }
& $command --version

Invoke-Program (Join-Path $app 'unins000.exe') ('/VERYSILENT', '/SUPPRESSMSGBOXES')
# The uninstaller hands over to a copy of itself.
for ($i = 0; $i -lt 60 -and (Test-Path $app); $i++) { Start-Sleep -Milliseconds 500 }
if (Test-Path $app) { throw "Left behind: $(Get-ChildItem -Recurse $app | Select-Object -First 5)" }
if (-not (Test-Path (Join-Path $project 'project.json'))) { throw 'A project was deleted' }
Remove-Item -Recurse (Split-Path $project)
Write-Output 'All was well.'
