<#
.SYNOPSIS
Makes the module's help from the pages of docs/help, and fails when pages and cmdlets do not fit.
.DESCRIPTION
A page is Markdown in platyPS's schema. What the engine knows better (syntax, types, positions) is never taken from a page: -Update writes
it into the pages, and the build checks that they still say so.
.EXAMPLE
./build.ps1; ./tools/help/Build-Help.ps1 -Module out/VServer/0.1.0 -Page docs/help/en-US -Update
#>
[CmdletBinding()]
param(
    # Folder of the built module.
    [Parameter(Mandatory)] [string]$Module,

    # Folder of the pages.
    [Parameter(Mandatory)] [string]$Page,

    # Folder that gets the help files.
    [string]$Destination,

    # Writes syntax and parameter facts into the pages instead of making help.
    [switch]$Update
)
Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
. $PSScriptRoot/Facts.ps1
. $PSScriptRoot/Page.ps1
. $PSScriptRoot/Check.ps1
. $PSScriptRoot/Maml.ps1
. $PSScriptRoot/About.ps1

$name = (Import-Module "$(Resolve-Path $Module)/VServer.psd1" -PassThru).Name
$commands = @(Get-Command -Module $name -CommandType Cmdlet | Sort-Object Name)
if ($Update) {
    $commands | ForEach-Object { Update-HelpPage "$Page/$($_.Name).md" (Get-CommandFact $_) }
    return
}

$problems = @(Test-HelpFolder $Page $commands; Test-FunctionHelp @(Get-Command -Module $name -CommandType Function))
if ($problems) {
    $problems | ForEach-Object { [Console]::Error.WriteLine($_) }
    exit 1
}

$null = New-Item -ItemType Directory -Force $Destination
$topics = foreach ($command in $commands) {
    [pscustomobject]@{ Fact = Get-CommandFact $command; Page = Read-HelpPage "$Page/$($command.Name).md" }
}
Write-Maml $topics "$Destination/VServer.PowerShell.dll-Help.xml"
Get-ChildItem "$Page/about_*.md" | ForEach-Object { Write-AboutTopic $_.FullName "$Destination/$($_.BaseName).help.txt" }
