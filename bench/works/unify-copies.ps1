# Makes the equal files of ten full copies of one root one inode each.
param($Bench)
Initialize-BenchTree $Bench
$copies = 0..($Bench.Copies - 1)
$mount = $Bench.Mount
$store = "$mount/store"

$contenders = [ordered]@{
    vserver  = @{ Repeat = 1; Run = { Get-VServer 'c[1-9]' -Store $store | Invoke-VServerUnify -Reference c0 -Scope Tree -Include '/*' } }
    hardlink = @{ Repeat = 1; Run = { Invoke-Native hardlink -q $mount } }
    jdupes   = @{ Repeat = 1; Run = { Invoke-Native jdupes -r -L -q $mount } }
    rdfind   = @{ Repeat = 1; Run = { Invoke-Native rdfind -makehardlinks true -makeresultsfile false $mount } }
}
if ($Bench.All) {
    $contenders.rmlint = @{ Repeat = 1; Run = {
            Push-Location $Bench.Folder
            try { Invoke-Native rmlint -o "sh:$($Bench.Folder)/rmlint.sh" -c sh:hardlink $mount; Invoke-Native sh "$($Bench.Folder)/rmlint.sh" -d -q } finally { Pop-Location }
        }
    }
}

function Get-TreePath([string]$Contender) { $copies | ForEach-Object { $Contender -eq 'vserver' ? "$store/c$_" : "$mount/c$_" } }

@{
    Contenders = $contenders
    Prepare    = {
        param($contender)
        Mount-BenchImage $Bench copies { param($folder) foreach ($copy in $copies) { Invoke-Native cp -a $Bench.SourceTree "$folder/c$copy" } }
        if ($contender -eq 'vserver') { foreach ($copy in $copies) { $null = New-VServer "c$copy" -Path "$mount/c$copy" -Store $store } }
    }
    Verify     = {
        param($contender)
        [pscustomobject]@{ Digest = Get-TreeDigest (Get-TreePath $contender); Bytes = Get-UsedByte (Get-TreePath $contender) }
    }
    # Equal: every name's content and metadata as in the full copies, and as much space won as the best peer, within a hundredth.
    Equal      = {
        param($verdicts, $contender)
        $one = Get-TreeDigest $Bench.SourceTree
        $digest = (@($one) * $Bench.Copies) -join ' '
        $least = ($verdicts.Values.Bytes | Measure-Object -Minimum).Minimum
        $verdicts[$contender].Digest -eq $digest -and $verdicts[$contender].Bytes -le 1.01 * $least
    }
    Finish     = { Dismount-BenchImage $Bench }
}
