# Starts a hundred guests, each with a process that sleeps.
param($Bench)
$mount = $Bench.Mount
$store = "$mount/store"
$count = 100
$names = 1..$count | ForEach-Object { "g$_" }
$bundles = "$($Bench.Folder)/bundles"

@{
    Rows       = @(@{ Name = 'start-100'; Ours = 'vserver'; Peers = @('runc'); Must = 0.3; Aim = 0.15 })
    Contenders = [ordered]@{
        vserver = @{ Repeat = $count; Run = { Get-VServer g* -Store $store | Start-VServer } }
        runc    = @{ Repeat = $count; Run = { Invoke-BenchLoop $count "runc run -d -b $bundles/g`$((i+1)) bench-g`$((i+1)) </dev/null >/dev/null 2>&1" } }
    }
    Prepare    = {
        param($contender)
        Mount-BenchGuest $Bench sleeping -Size 5G -Setting @{ Command = '/bin/sleep', '1000' } -Clone $names
        if ($contender -eq 'runc') { $names | ForEach-Object { New-BenchBundle "$bundles/$_" "$store/$_" '/bin/sleep', '1000' } }
    }
    Verify     = {
        param($contender)
        $running = $contender -eq 'vserver' ? @(Get-VServer g* -Store $store | Where-Object State -EQ Running) : @(runc list -q | Where-Object { $_ -like 'bench-g*' })
        $running.Count
    }
    Equal      = { param($verdicts, $contender) $verdicts[$contender] -eq $count }
    Finish     = {
        $null = Get-VServer g* -Store $store | Stop-VServer -TimeoutSec 0
        runc list -q | Where-Object { $_ -like 'bench-g*' } | ForEach-Object { Invoke-Native runc delete -f $_ }
        Dismount-BenchImage $Bench
    }
}
