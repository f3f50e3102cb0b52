Set-StrictMode -Version Latest
# Preferences set here hold for the runner alone: test files run in their caller's session state.
$ErrorActionPreference = 'Stop'

# The run under way, or $null. A process has one, as it has one TestDrive.
$script:Run = $null

. $PSScriptRoot/Model.ps1
. $PSScriptRoot/StepList.ps1
. $PSScriptRoot/Scope.ps1
. $PSScriptRoot/Discovery.ps1
. $PSScriptRoot/Filter.ps1
. $PSScriptRoot/MountGuard.ps1
. $PSScriptRoot/TestDrive.ps1
. $PSScriptRoot/Execution.ps1
. $PSScriptRoot/Format.ps1
. $PSScriptRoot/Operator.ps1
. $PSScriptRoot/Should.ps1
. $PSScriptRoot/Failure.ps1
. $PSScriptRoot/Output.ps1
. $PSScriptRoot/NUnitReport.ps1
. $PSScriptRoot/Configuration.ps1
. $PSScriptRoot/Invoke.ps1
