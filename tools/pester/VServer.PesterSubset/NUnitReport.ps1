# Results as NUnit 2.5 XML, which build servers read.

function Export-NUnitReport {
    param($Result, [string] $Path)

    $folder = [System.IO.Path]::GetDirectoryName($Path)
    $null = [System.IO.Directory]::CreateDirectory($folder)
    $settings = [System.Xml.XmlWriterSettings]@{ Indent = $true; Encoding = [System.Text.UTF8Encoding]::new($false) }
    $writer = [System.Xml.XmlWriter]::Create($Path, $settings)
    try {
        Write-NUnitRun $writer $Result
    }
    finally {
        $writer.Dispose()
    }
}

function Write-NUnitRun {
    param([System.Xml.XmlWriter] $Writer, $Result)

    $Writer.WriteStartElement('test-results')
    Write-NUnitAttribute $Writer ([ordered]@{
            name           = 'Pester'
            total          = $Result.PassedCount + $Result.FailedCount + $Result.SkippedCount
            errors         = 0
            failures       = $Result.FailedCount
            'not-run'      = $Result.NotRunCount
            inconclusive   = 0
            ignored        = $Result.SkippedCount
            skipped        = $Result.SkippedCount
            invalid        = 0
            date           = $Result.ExecutedAt.ToString('yyyy-MM-dd', [cultureinfo]::InvariantCulture)
            time           = $Result.ExecutedAt.ToString('HH:mm:ss', [cultureinfo]::InvariantCulture)
        })
    Write-NUnitEnvironment $Writer
    Write-NUnitSuiteStart $Writer 'Pester' $Result @()
    foreach ($container in $Result.Containers) {
        Write-NUnitSuiteStart $Writer $container.Name $container $container.ErrorRecord
        Write-NUnitChild $Writer $container.Root
        Write-NUnitSuiteEnd $Writer
    }

    Write-NUnitSuiteEnd $Writer
    $Writer.WriteEndElement()
}

function Write-NUnitEnvironment {
    param([System.Xml.XmlWriter] $Writer)

    $Writer.WriteStartElement('environment')
    Write-NUnitAttribute $Writer ([ordered]@{
            'nunit-version' = '2.5.8.0'
            'clr-version'   = [Environment]::Version
            'os-version'    = [Environment]::OSVersion.Version
            platform        = [Environment]::OSVersion.Platform
            cwd             = (Get-Location).Path
            'machine-name'  = [Environment]::MachineName
            user            = [Environment]::UserName
            'user-domain'   = ''
        })
    $Writer.WriteEndElement()
    $Writer.WriteStartElement('culture-info')
    Write-NUnitAttribute $Writer ([ordered]@{
            'current-culture'   = [cultureinfo]::CurrentCulture.Name
            'current-uiculture' = [cultureinfo]::CurrentUICulture.Name
        })
    $Writer.WriteEndElement()
}

function Write-NUnitChild {
    param([System.Xml.XmlWriter] $Writer, $Block)

    foreach ($item in $Block.Order) {
        if (-not $item.ShouldRun) {
            continue
        }

        if ($item.ItemType -eq 'Test') {
            Write-NUnitCase $Writer $item
        }
        else {
            Write-NUnitSuiteStart $Writer $item.ExpandedName $item $item.ErrorRecord
            Write-NUnitChild $Writer $item
            Write-NUnitSuiteEnd $Writer
        }
    }
}

function Write-NUnitSuiteStart {
    param([System.Xml.XmlWriter] $Writer, [string] $Name, $Item, $Failure)

    $Writer.WriteStartElement('test-suite')
    Write-NUnitAttribute $Writer ([ordered]@{
            type        = 'TestFixture'
            name        = $Name
            executed    = $true
            result      = if ($Item.Result -eq 'Failed') { 'Failure' } else { 'Success' }
            success     = $Item.Result -ne 'Failed'
            time        = $Item.Duration.TotalSeconds.ToString('0.000', [cultureinfo]::InvariantCulture)
            asserts     = 0
            description = $Name
        })
    Write-NUnitFailure $Writer $Failure
    $Writer.WriteStartElement('results')
}

function Write-NUnitSuiteEnd {
    param([System.Xml.XmlWriter] $Writer)

    $Writer.WriteEndElement()
    $Writer.WriteEndElement()
}

function Write-NUnitCase {
    param([System.Xml.XmlWriter] $Writer, $Test)

    $Writer.WriteStartElement('test-case')
    Write-NUnitAttribute $Writer ([ordered]@{
            description = $Test.ExpandedName
            name        = $Test.ExpandedPath
            time        = $Test.Duration.TotalSeconds.ToString('0.000', [cultureinfo]::InvariantCulture)
            asserts     = 0
            success     = $Test.Result -eq 'Passed'
            result      = @{ Passed = 'Success'; Failed = 'Failure'; Skipped = 'Ignored' }[$Test.Result]
            executed    = $Test.Result -ne 'Skipped'
        })
    if ($Test.Result -eq 'Skipped') {
        $Writer.WriteStartElement('reason')
        $Writer.WriteElementString('message', (ConvertTo-XmlText $Test.SkipReason))
        $Writer.WriteEndElement()
    }
    elseif ($Test.Result -eq 'Failed') {
        Write-NUnitFailure $Writer (Get-TestFailure $Test)
    }

    $Writer.WriteEndElement()
}

function Write-NUnitFailure {
    param([System.Xml.XmlWriter] $Writer, $Failure)

    if (@($Failure).Count -eq 0) {
        return
    }

    $texts = foreach ($record in $Failure) { Get-FailureText $record }
    $places = foreach ($record in $Failure) { Format-FailurePlace (Get-FailurePlace $record) }
    $Writer.WriteStartElement('failure')
    $Writer.WriteElementString('message', (ConvertTo-XmlText ($texts -join "`n")))
    $Writer.WriteElementString('stack-trace', (ConvertTo-XmlText ($places -join "`n")))
    $Writer.WriteEndElement()
}

function Write-NUnitAttribute {
    param([System.Xml.XmlWriter] $Writer, $Attribute)

    foreach ($name in $Attribute.Keys) {
        $Writer.WriteAttributeString($name, (ConvertTo-XmlText ([string]$Attribute[$name])))
    }
}

# Test names and messages carry whatever a guest's tree holds; XML has no way to say an escape character.
function ConvertTo-XmlText {
    param([string] $Text)

    [regex]::Replace($Text, '[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD]', '?')
}
