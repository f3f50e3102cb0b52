<#
.SYNOPSIS
Makes guests that are copies of a reference, with the arguments of the old command.
.DESCRIPTION
vbuild [--test] [--debug] [--noflags] [--immutable] [--immutable-mayunlink] [--stats] REFERENCE NEW...

Calls Copy-VServer. --test is -WhatIf -Detailed, --debug writes what -Debug would, --stats emits the six statistics: directories made, files copied, bytes copied, files
linked, symlinks and special files. Without flags the guard is the default; --noflags is -Guard None; a single guard is asked for with --noflags first.
The store is the one of VSERVER_STORE, else /vservers.
.EXAMPLE
vbuild --stats refbox web1
.EXAMPLE
vbuild --test refbox web1 web2
#>
function vbuild {
    $names, $flags = 1..2 | ForEach-Object { , [Collections.Generic.List[string]]::new() }
    $options = @{}
    $statistics = $false
    foreach ($word in $args | ForEach-Object { $_ }) {
        switch -CaseSensitive ($word) {
            '--test' { $options.WhatIf = $options.Detailed = $true }
            # By preference, since -Debug asks at every warning.
            '--debug' { $DebugPreference = 'Continue' }
            '--stats' { $statistics = $true }
            { $_ -cin '--noflags', '--immutable', '--immutable-mayunlink' } { $flags.Add($_) }
            default {
                if ($_ -like '-*') { throw [ArgumentException]::new("vbuild has no option $_. Get-Help vbuild lists those it has.") }
                $names.Add($_)
            }
        }
    }
    if ($names.Count -lt 2) { throw [ArgumentException]::new('usage: vbuild [options] REFERENCE NEW...') }
    Copy-VServer -Name $names[0] -Destination $names.GetRange(1, $names.Count - 1) -Guard (Get-OldGuard $flags) @options |
        Where-Object { $statistics -or $options.WhatIf -or $_ -isnot [VServer.CopyResult] }
}
