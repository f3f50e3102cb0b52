# The most memory that unifying ten copies takes, over an engine that has the module and does nothing.
param($Bench)
$names = 0..($Bench.Copies - 1) | ForEach-Object { "c$_" }
$mount = $Bench.Mount
$store = "$mount/store"

# A process of its own, since nothing gives memory back once it was had. VmHWM is the most there ever was.
$script = @'
param($Module, $Store, $Scope)
Import-Module $Module
function Get-Kilobyte([string]$Name) { [long]((Select-String -Path /proc/self/status -Pattern "^${Name}:\s+(\d+)").Matches[0].Groups[1].Value) }
$idle = Get-Kilobyte VmRSS
$guests = Get-VServer ($Scope -eq 'Tree' ? 'c[1-9]' : 'c*') -Store $Store
$reference = $Scope -eq 'Tree' ? @{ Reference = 'c0' } : @{}
$linked = ($guests | Invoke-VServerUnify @reference -Scope $Scope -Include '/*' | Measure-Object Linked -Sum).Sum
"$idle $(Get-Kilobyte VmHWM) $linked"
'@

@{
    Rows    = @(@{ Name = 'memory'; Must = 150 })
    Measure = {
        $path = "$($Bench.Folder)/memory.ps1"
        Set-Content $path $script
        foreach ($scope in 'Tree', 'Content') {
            Mount-BenchCopy $Bench
            Add-BenchGuest $mount $store $names
            $idle, $most, $linked = (& ([Environment]::ProcessPath) -NoProfile -NonInteractive -File $path "$($Bench.Root)/out/VServer" $store $scope) -split ' '
            if ($LASTEXITCODE -ne 0) { throw "The engine that was measured ended with $LASTEXITCODE." }
            $used = ([long]$most - [long]$idle) / 1KB
            New-BenchRow @{
                work = 'memory'; contender = "vserver -Scope $scope"; median = $used; unit = 'MB'; runs = 1
                ratio = [Math]::Round($used / 150, 3); must = 1; held = $used -le 150; equal = [long]$linked -gt 0
            }
            Dismount-BenchImage $Bench
        }
    }
}
