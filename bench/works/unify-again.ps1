# The same as unify-copies when all is one inode already: what a nightly run costs.
param($Bench)
$names = 0..($Bench.Copies - 1) | ForEach-Object { "c$_" }
$mount = $Bench.Mount
$store = "$mount/store"

@{
    Rows       = @(
        @{ Name = 'unify-again'; Ours = @('vserver', 'vserver -Scope Content'); Peers = @('hardlink'); Must = 1.0; Aim = 0.5 }
    )
    Contenders = [ordered]@{
        'vserver'                = @{ Repeat = 1; Run = { Get-VServer 'c[1-9]' -Store $store | Invoke-VServerUnify -Reference c0 -Scope Tree -Include '/*' } }
        'vserver -Scope Content' = @{ Repeat = 1; Run = { Get-VServer 'c*' -Store $store | Invoke-VServerUnify -Scope Content -Include '/*' } }
        'hardlink'               = @{ Repeat = 1; Run = { Invoke-Native hardlink -q $mount } }
    }
    Prepare    = {
        param($contender)
        Mount-BenchCopy $Bench -Linked
        if ($contender -like 'vserver*') { Add-BenchGuest $mount $store $names }
    }
    Verify     = {
        param($contender)
        $folder = $contender -like 'vserver*' ? $store : $mount
        Get-InodeCount ($names | ForEach-Object { "$folder/$_" })
    }
    # Fewer where equal files inside the root became one, too.
    Equal      = { param($verdicts, $contender) $verdicts[$contender] -le (Get-InodeCount $Bench.SourceTree) }
    Finish     = { Dismount-BenchImage $Bench }
}
