# Gives one guest private copies of all that it shares; the peer copies the same tree.
param($Bench)
$mount = $Bench.Mount
$store = "$mount/store"
$copy = "$mount/copy"

@{
    Rows       = @(
        @{ Name = 'undo'; Ours = 'vserver'; Peers = @('cp -a', 'cp -a, then sync'); Must = 1.2; Aim = 1.0 }
    )
    # As in clone.
    Warmup     = 2
    Contenders = [ordered]@{
        'vserver'          = @{ Repeat = 1; Run = { Invoke-VServerUnify c1 -Undo -Store $store } }
        'cp -a'            = @{ Repeat = 1; Run = { Invoke-Native cp -a "$mount/c1" $copy } }
        'cp -a, then sync' = @{ Repeat = 1; Run = { Invoke-Native cp -a "$mount/c1" $copy; Invoke-Native sync -f $copy } }
    }
    Prepare    = {
        param($contender)
        Mount-BenchImage $Bench pair -Size 3G {
            param($folder)
            Invoke-Native cp -a $Bench.SourceTree "$folder/c0"
            Invoke-Native cp -al "$folder/c0" "$folder/c1"
        }
        if ($contender -eq 'vserver') { Add-BenchGuest $mount $store c0, c1 }
    }
    Verify     = {
        param($contender)
        $tree = $contender -eq 'vserver' ? "$store/c1" : $copy
        [pscustomobject]@{
            Digest = Get-TreeDigest $tree
            # Names of one inode inside the guest stay one: only what has names outside is shared.
            Shared = & sh -c 'cd "$0" && find . -type f -printf "%i %n\n" | sort | uniq -c | awk "\$1 < \$3" | wc -l' $tree
        }
    }
    Equal      = {
        param($verdicts, $contender)
        $verdicts[$contender].Digest -eq (Get-SourceDigest $Bench) -and $verdicts[$contender].Shared -eq 0
    }
    Finish     = { Dismount-BenchImage $Bench }
}
