<#
.SYNOPSIS
Makes equal files of guests one inode, with the arguments of the old command.
.DESCRIPTION
vunify [--test] [--undo] [--debug] [--noflags] [--immutable] [--immutable-mayunlink] [--excldir DIR] [--incldir DIR] REFERENCE GUEST... -- PACKAGE...|ALL

Calls Invoke-VServerUnify. --test is -WhatIf -Detailed, --undo is -Undo, --debug writes what -Debug would, --excldir and --incldir are -ExcludeDirectory and
-IncludeDirectory. Without flags the guard is the default; --noflags is -Guard None; a single guard is asked for with --noflags first.
The store is the one of VSERVER_STORE, else /vservers.
.EXAMPLE
vunify --test refbox web1 web2 -- ALL
.EXAMPLE
vunify --undo refbox web1 -- perl-base
#>
function vunify {
    $split = Split-OldArgument $args $MyInvocation
    $names, $excluded, $included, $flags = 1..4 | ForEach-Object { , [Collections.Generic.List[string]]::new() }
    $options = @{}
    $words = [Collections.Generic.Queue[string]][string[]]$split.Before
    while ($words.Count) {
        switch -CaseSensitive ($words.Dequeue()) {
            '--test' { $options.WhatIf = $options.Detailed = $true }
            '--undo' { $options.Undo = $true }
            # By preference, since -Debug asks at every warning.
            '--debug' { $DebugPreference = 'Continue' }
            '--excldir' { if ($words.Count) { $excluded.Add($words.Dequeue()) } }
            '--incldir' { if ($words.Count) { $included.Add($words.Dequeue()) } }
            { $_ -cin '--noflags', '--immutable', '--immutable-mayunlink' } { $flags.Add($_) }
            default {
                if ($_ -like '-*') { throw [ArgumentException]::new("vunify has no option $_. Get-Help vunify lists those it has.") }
                $names.Add($_)
            }
        }
    }
    if ($names.Count -lt 2 -or -not $split.After) {
        throw [ArgumentException]::new('usage: vunify [options] REFERENCE GUEST... -- PACKAGE...|ALL')
    }

    if (-not $options.Undo) {
        $options.Reference = $names[0]
        $options.Guard = Get-OldGuard $flags
        if ($excluded) { $options.ExcludeDirectory = $excluded }
        if ($included) { $options.IncludeDirectory = $included }
    }
    Invoke-VServerUnify -Name $names.GetRange(1, $names.Count - 1) -Package $split.After @options
}
