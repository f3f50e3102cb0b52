# What Invoke-VServerCommand adds to the helper's time, and what a monitor keeps resident.
param($Bench)
$store = "$($Bench.Mount)/store"
$times = 50
$request = "$($Bench.Folder)/request"

function Measure-Invoke {
    Set-BenchRequest $request "run=$(Get-BenchRunFolder $store box)", 'arg=/bin/true'
    $alone = Measure-Turn { Invoke-BenchLoop $times "$(Get-BenchHelper $Bench) exec 3<$request 4>/dev/null" }
    $ours = Measure-Turn { foreach ($turn in 1..$times) { Invoke-VServerCommand box -Store $store -ArgumentList /bin/true } }
    $over = ($ours - $alone) * 1000
    New-BenchRow @{
        work = 'invoke-true'; contender = 'Invoke-VServerCommand'; median = $over; unit = 'ms'; runs = $times
        ratio = [Math]::Round($ours / $alone, 3); must = 15; aim = 5; held = $over -le 15; equal = $true
    }
}

# The first round compiles.
function Measure-Turn([scriptblock]$Run) {
    Get-Median @(1..3 | ForEach-Object { (Measure-Cost $Run).Seconds / $times })
}

function Measure-Monitor {
    $state = Get-Content "$(Get-BenchRunFolder $store box)/state"
    $monitor = ($state -match '^monitor=') -replace '^[^=]*='
    $resident = [long]((Get-Content "/proc/$monitor/status") -match '^VmRSS:' -replace '[^0-9]')[0]
    New-BenchRow @{
        work = 'monitor-memory'; contender = 'monitor'; median = $resident; unit = 'kB'; runs = 1
        ratio = [Math]::Round($resident / 1024, 3); must = 1; aim = 0.3; held = $resident -le 1024; equal = $true
    }
}

@{
    Rows    = @(@{ Name = 'invoke-true' }, @{ Name = 'monitor-memory' })
    Measure = {
        param($wanted)
        Mount-BenchGuest $Bench
        Start-VServer box -Store $store
        try {
            if ('invoke-true' -in $wanted.Name) { Measure-Invoke }
            if ('monitor-memory' -in $wanted.Name) { Measure-Monitor }
        }
        finally {
            $null = Stop-VServer box -Store $store
            Dismount-BenchImage $Bench
        }
    }
}
