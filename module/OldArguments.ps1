# What the old commands' arguments have in common.

# The engine takes the first bare -- out of a function's arguments, so the statement tells where it stood; a quoted '--' is still there.
function Split-OldArgument {
    param([object[]]$Argument, [Management.Automation.InvocationInfo]$Invocation)
    $words = @($Argument | ForEach-Object { $_ })
    $at = $words.IndexOf('--')
    if ($at -ge 0) {
        return @{ Before = @($words | Select-Object -First $at); After = @($words | Select-Object -Skip ($at + 1)) }
    }

    $parsed = [Management.Automation.Language.Parser]::ParseInput($Invocation.Statement, [ref]$null, [ref]$null)
    $elements = @($parsed.Find({ $args[0] -is [Management.Automation.Language.CommandAst] }, $true).CommandElements)
    $mark = [Array]::FindIndex([object[]]$elements, [Predicate[object]] { $args[0].Extent.Text -ceq '--' })
    if ($mark -lt 0) { return @{ Before = $words; After = $null } }

    # One argument for each element before; all the others came after.
    $count = @($Argument | Select-Object -First ($mark - 1) | ForEach-Object { $_ }).Count
    @{ Before = @($words | Select-Object -First $count); After = @($words | Select-Object -Skip $count) }
}

# Two flags, both on at first: --noflags takes both off, the others put theirs on again.
function Get-OldGuard {
    param([string[]]$Flag)
    $immutable = $mayUnlink = $true
    switch ($Flag) {
        '--noflags' { $immutable = $mayUnlink = $false }
        '--immutable' { $immutable = $true }
        '--immutable-mayunlink' { $mayUnlink = $true }
    }
    if ($immutable -and $mayUnlink) { 'Default' } elseif ($immutable) { 'Immutable' } elseif ($mayUnlink) { 'MayUnlink' } else { 'None' }
}
