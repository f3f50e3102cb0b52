# The pieces of work of VServer.Crash.Worker, done by the cmdlets of the built module in the engine that runs this: one a line of
# descriptor 3, which the tracer reads from too. Standard input would be the engine's own.
param(
    [Parameter(Mandatory)] [string]$Store,
    [Parameter(Mandatory)] [string]$Module
)
$ErrorActionPreference = 'Stop'
$ConfirmPreference = 'None'
$ProgressPreference = 'SilentlyContinue'
Import-Module $Module
Add-Type -Path "$(Split-Path $Module)/Mono.Posix.NETStandard.dll"
$env:VSERVER_STORE = $Store
$orders = [IO.FileStream]::new([Microsoft.Win32.SafeHandles.SafeFileHandle]::new([IntPtr]3, $false), [IO.FileAccess]::Read, 1)

function Read-Order {
    # No descriptor: the tracer knows by it that a piece of work has ended.
    $null = [Mono.Unix.Native.Syscall]::close(-4242)
    $line = [Text.StringBuilder]::new()
    while (($next = $orders.ReadByte()) -notin -1, 10) { $null = $line.Append([char]$next) }
    $line.ToString()
}

function Invoke-Order {
    param([string]$Work, [string]$First, [string]$Second, [string]$Third)
    switch ($Work) {
        'unify' { Get-VServer ($Second -split ',') | Invoke-VServerUnify -Reference $First -Scope Tree -Guard $Third }
        'content' { Get-VServer ($First -split ',') | Invoke-VServerUnify -Scope Content -Guard $Second }
        'undo' { Invoke-VServerUnify $First -Undo }
        'new' { New-VServer $First -Template $Second }
        'copy' { Copy-VServer $First $Second -Scope Tree -Guard $Third }
        'adopt' { New-VServer $First -Path $Second }
        'remove' { Remove-VServer $First }
        'run' {
            if (-not (Get-VServer $First).ProcessId) { Wait-VServer $First -State Stopped; Start-VServer $First }
            Stop-VServer $First -TimeoutSec 0
        }
        'settle' { Stop-VServer $First -TimeoutSec 0 -Settle }
        'discard' { Stop-VServer $First -TimeoutSec 0 -Discard }
        default { throw "There is no work '$Work'." }
    }
}

while ($order = Read-Order) {
    $words = $order -split ' '
    $reply = try { $null = Invoke-Order @words; 'ok' } catch { "error $($_.FullyQualifiedErrorId) $_" -replace '[\r\n]+', ' ' }
    [Console]::Out.WriteLine($reply)
}
