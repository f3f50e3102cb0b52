# Makes the file that a gallery takes: out/packages/VServer.VERSION.nupkg.

function New-ModulePackage {
    param($Context)
    $packages = "$($Context.Root)/out/packages"
    $null = New-Item -ItemType Directory -Force $packages
    $package = "$packages/VServer.$($Context.Version).nupkg"
    Invoke-Step $Context 'package' -In "out/VServer/$($Context.Version)" -Out "out/packages/VServer.$($Context.Version).nupkg" {
        if (Test-Path $package) { Remove-Item $package }
        Compress-PSResource -Path $Context.ModuleFolder -DestinationPath $packages
    }
    Write-Host "The package is $package. Publish it with: Publish-PSResource -NupkgPath $package -Repository NAME"
}
