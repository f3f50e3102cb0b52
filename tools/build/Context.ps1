# What all tasks need to know: folders, version, the engine that runs this.

function New-BuildContext {
    param([string]$Root)
    $version = (Import-PowerShellDataFile "$Root/VServer.psd1").ModuleVersion
    [pscustomobject]@{
        Root         = $Root
        Version      = $version
        ModuleFolder = "$Root/out/VServer/$version"
        StampFolder  = "$Root/out/stamps"
        LogFolder    = "$Root/out/logs"
        Engine       = Find-Engine
    }
}

# The pwsh that runs this; a .NET tool's process is dotnet, and its pwsh lies beside.
function Find-Engine {
    $running = [Environment]::ProcessPath
    if ([IO.Path]::GetFileNameWithoutExtension($running) -eq 'pwsh') { $running } else { "$PSHOME/pwsh" }
}

function Remove-BuildOutput {
    param($Context)
    if (Test-Path "$($Context.Root)/out") {
        Remove-Item "$($Context.Root)/out" -Recurse -Force
    }
}

# Runs a program with its output in a log, which is shown only when the program fails.
function Invoke-Logged {
    param($Context, [string]$Log, [string]$Program, [string[]]$ArgumentList)
    $null = New-Item -ItemType Directory -Force $Context.LogFolder
    $path = "$($Context.LogFolder)/$Log.log"
    & $Program @ArgumentList *> $path
    if ($LASTEXITCODE -ne 0) {
        Get-Content $path | Select-Object -Last 60 | Write-Host
        throw "$Program $($ArgumentList -join ' ') ended with exit code $LASTEXITCODE. The whole output is in $path."
    }
}
