# Shared by the conformance tests, which ask of any PowerShell engine what the module and its tests rely on.

# The program that runs these tests is the engine under test.
$script:EnginePath = [Environment]::ProcessPath

# Runs the engine as a child, with its three streams in pipes, and returns what it wrote and how it ended.
function Invoke-Engine {
    param(
        [string[]] $Argument,
        [string] $InputText = '',
        [string] $WorkingDirectory = $PWD.ProviderPath
    )

    $start = [System.Diagnostics.ProcessStartInfo]::new($script:EnginePath)
    foreach ($word in @('-NoProfile') + $Argument) { $start.ArgumentList.Add($word) }
    $start.WorkingDirectory = $WorkingDirectory
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    # Some engines colour what goes to a pipe, too.
    $start.Environment['NO_COLOR'] = '1'
    $process = [System.Diagnostics.Process]::Start($start)
    try {
        $process.StandardInput.Write($InputText)
        $process.StandardInput.Close()
        $output = $process.StandardOutput.ReadToEndAsync()
        $problems = $process.StandardError.ReadToEndAsync()
        if (-not $process.WaitForExit(60000)) {
            $process.Kill($true)
            throw "The engine did not end within a minute: $Argument"
        }

        $process.WaitForExit()
        [pscustomobject]@{ Out = $output.Result; Error = $problems.Result; ExitCode = $process.ExitCode }
    }
    finally {
        $process.Dispose()
    }
}

# Runs one command line in a child engine.
function Invoke-EngineCommand {
    param([string] $Command, [string] $InputText = '')
    Invoke-Engine -Argument '-Command', $Command -InputText $InputText
}
