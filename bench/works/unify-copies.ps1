# Makes the equal files of ten full copies of one root one inode each: with a reference, and with any equal file at any path.
param($Bench)
$names = 0..($Bench.Copies - 1) | ForEach-Object { "c$_" }
$mount = $Bench.Mount
$store = "$mount/store"
$peers = @('hardlink', 'jdupes', 'rdfind') + @(if ($Bench.All) { 'rmlint' })

@{
    Rows       = @(
        @{ Name = 'unify-copies'; Ours = 'vserver'; Peers = $peers; Must = 0.5; Aim = 0.33 }
        @{ Name = 'unify-content'; Ours = 'vserver -Scope Content'; Peers = $peers; Must = 0.6; Aim = 0.4 }
    )
    Contenders = [ordered]@{
        'vserver'                = @{ Repeat = 1; Run = { Get-VServer 'c[1-9]' -Store $store | Invoke-VServerUnify -Reference c0 -Scope Tree -Include '/*' } }
        'vserver -Scope Content' = @{ Repeat = 1; Run = { Get-VServer 'c*' -Store $store | Invoke-VServerUnify -Scope Content -Include '/*' } }
        'hardlink'               = @{ Repeat = 1; Run = { Invoke-Native hardlink -q $mount } }
        'jdupes'                 = @{ Repeat = 1; Run = { Invoke-Native jdupes -r -L -q $mount } }
        'rdfind'                 = @{ Repeat = 1; Run = { Invoke-Native rdfind -makehardlinks true -makeresultsfile false $mount } }
        'rmlint'                 = @{ Repeat = 1; Run = {
                Push-Location $Bench.Folder
                try {
                    Invoke-Native rmlint -o "sh:$($Bench.Folder)/rmlint.sh" -c sh:hardlink $mount
                    Invoke-Native sh "$($Bench.Folder)/rmlint.sh" -d -q
                }
                finally { Pop-Location }
            }
        }
    }
    Prepare    = {
        param($contender)
        Mount-BenchCopy $Bench
        if ($contender -like 'vserver*') { Add-BenchGuest $mount $store $names }
    }
    Verify     = {
        param($contender)
        [pscustomobject]@{ Digest = Get-TreeDigest (Get-TreePath $Bench $contender $names); Bytes = Get-FileByte (Get-TreePath $Bench $contender $names) }
    }
    # Equal: every name's content and metadata as in the full copies, which together take no more than one, within a hundredth.
    Equal      = {
        param($verdicts, $contender)
        $verdict = $verdicts[$contender]
        -not ($verdict.Digest | Where-Object { $_ -ne (Get-SourceDigest $Bench) }) -and $verdict.Bytes -le 1.01 * (Get-FileByte $Bench.SourceTree)
    }
    Finish     = { Dismount-BenchImage $Bench }
}
