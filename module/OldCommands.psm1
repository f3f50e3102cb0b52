# The old commands, for fingers and scripts that know them. Each only says in the new cmdlets' words what was asked in the old ones.
. "$PSScriptRoot/OldArguments.ps1"
. "$PSScriptRoot/vbuild.ps1"
. "$PSScriptRoot/vunify.ps1"
Export-ModuleMember -Function vbuild, vunify
