# What the user sees.

function Show-BenchVersion {
    foreach ($program in 'hardlink', 'jdupes', 'rdfind', 'rmlint', 'duperemove', 'bwrap', 'runc', 'crun', 'cp', 'rsync') {
        if (Get-Command $program -CommandType Application -ErrorAction Ignore) {
            "peer: $((& $program --version 2>&1 | Select-Object -First 1))"
        }
    }
}

function Format-BenchResult {
    param([object[]]$Result)
    $Result | Format-Table work, contender,
        @{ n = 'median'; e = { '{0:n4} {1}' -f $_.median, $_.unit }; a = 'right' },
        @{ n = 'spread'; e = { $null -eq $_.least ? '' : ('{0:n4}-{1:n4}' -f $_.least, $_.most) }; a = 'right' },
        @{ n = 'cpu'; e = { $null -eq $_.cpu ? '' : ('{0:n2}' -f $_.cpu) }; a = 'right' },
        runs,
        @{ n = 'first'; e = { $null -eq $_.first ? '' : ('{0:n2}' -f $_.first) }; a = 'right' },
        @{ n = 'ratio'; e = { '{0:n2}' -f $_.ratio }; a = 'right' },
        @{ n = 'must'; e = { $null -eq $_.must ? '' : "<= $($_.must)" }; a = 'right' },
        held, equal | Out-String -Width 160
}
