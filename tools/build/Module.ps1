# Makes out/VServer/VERSION, the folder that Import-Module and packages use.

$script:CommonInputs = 'Directory.Build.props', 'Directory.Packages.props', '.globalconfig', '.editorconfig', 'global.json', 'VServer.psd1'
$script:SourceProjects = 'src/VServer.Core', 'src/VServer.Linux', 'src/VServer.PowerShell'

function Invoke-ModuleBuild {
    param($Context)
    $module = "out/VServer/$($Context.Version)"
    $assembly = "$module/VServer.PowerShell.dll"
    Invoke-Step $Context 'assemblies' -In ($CommonInputs + $SourceProjects) -Out $assembly { Publish-Assembly $Context }
    Invoke-Step $Context 'helper' -In 'src/native' -Out "$module/native/vserver-helper" { Build-Helper $Context }
    $data = @('VServer.psd1', 'LICENSE') + @(Get-ChildItem "$($Context.Root)/module" -File | ForEach-Object { "module/$($_.Name)" })
    Invoke-Step $Context 'data' -In $data -Out "$module/VServer.psd1" { Copy-ModuleData $Context $data }
    Invoke-Step $Context 'help' -In 'docs/help', 'tools/help', $assembly -Out "$module/en-US/VServer.PowerShell.dll-Help.xml" { Build-Help $Context }
}

# Ahead of time, which spares a session's first commands a third of their processor time; by the runtime where no feed has the compiler for it.
function Publish-Assembly {
    param($Context)
    $publish = "$($Context.Root)/out/build/module"
    $order = 'publish', "$($Context.Root)/src/VServer.PowerShell/VServer.PowerShell.csproj", '-c', 'Release', '-o', $publish, '-nologo', '-v', 'quiet'
    try { Invoke-Logged $Context 'publish' dotnet @($order; '-p:PublishReadyToRun=true') }
    catch {
        Write-Host 'note: the module is not compiled ahead of time, and its first commands take longer.'
        Invoke-Logged $Context 'publish' dotnet $order
    }
    Get-ChildItem $publish -File | Where-Object Extension -In '.dll', '.so' |
        ForEach-Object { Copy-BuiltFile $_.FullName "$($Context.ModuleFolder)/$($_.Name)" }
}

function Build-Helper {
    param($Context)
    Invoke-Logged $Context 'helper' make @('-s', '-C', "$($Context.Root)/src/native", "OUT=$($Context.Root)/out/native", 'all')
    $target = "$($Context.ModuleFolder)/native/vserver-helper"
    Copy-BuiltFile "$($Context.Root)/out/native/vserver-helper" $target
    [IO.File]::SetUnixFileMode($target, 'UserRead, UserWrite, UserExecute, GroupRead, GroupExecute, OtherRead, OtherExecute')
}

function Copy-ModuleData {
    param($Context, [string[]]$Path)
    foreach ($file in $Path) {
        Copy-BuiltFile "$($Context.Root)/$file" "$($Context.ModuleFolder)/$(Split-Path $file -Leaf)"
    }
}

# In an engine of its own: this one must not hold the assemblies it may build again.
function Build-Help {
    param($Context)
    Invoke-Logged $Context 'help' $Context.Engine @(
        '-NoProfile', '-NonInteractive', '-File', "$($Context.Root)/tools/help/Build-Help.ps1",
        '-Module', $Context.ModuleFolder, '-Page', "$($Context.Root)/docs/help/en-US", '-Destination', "$($Context.ModuleFolder)/en-US")
}
