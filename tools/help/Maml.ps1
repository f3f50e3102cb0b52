# Writes the XML that Get-Help reads. Prose comes from the pages, everything else from the engine.

$script:Namespace = @{
    msh     = 'http://msh'
    maml    = 'http://schemas.microsoft.com/maml/2004/10'
    command = 'http://schemas.microsoft.com/maml/dev/command/2004/10'
    dev     = 'http://schemas.microsoft.com/maml/dev/2004/10'
}

function Write-Maml {
    param([object[]]$Topic, [string]$Path)
    $settings = [Xml.XmlWriterSettings]@{ Indent = $true; NewLineChars = "`n" }
    $writer = [Xml.XmlWriter]::Create($Path, $settings)
    try {
        $writer.WriteStartElement('helpItems', $Namespace.msh)
        $writer.WriteAttributeString('schema', 'maml')
        foreach ($one in $Topic) { Write-MamlCommand $writer $one.Fact $one.Page }
        $writer.WriteEndElement()
    }
    finally {
        $writer.Dispose()
    }
}

# An element with what the block writes inside; names are prefix:name.
function Write-Element {
    param([Xml.XmlWriter]$Writer, [string]$Name, [Collections.IDictionary]$Attribute = @{}, [scriptblock]$Content)
    $prefix, $local = $Name -split ':'
    $Writer.WriteStartElement($prefix, $local, $Namespace[$prefix])
    foreach ($key in $Attribute.Keys) { $Writer.WriteAttributeString($key, "$($Attribute[$key])") }
    & $Content
    $Writer.WriteEndElement()
}

function Write-Text {
    param([Xml.XmlWriter]$Writer, [string]$Name, [string]$Text)
    $prefix, $local = $Name -split ':'
    $Writer.WriteElementString($prefix, $local, $Namespace[$prefix], $Text)
}

function Write-Prose {
    param([Xml.XmlWriter]$Writer, [string]$Name, [string[]]$Paragraph)
    Write-Element $Writer $Name -Content { foreach ($one in $Paragraph) { Write-Text $Writer 'maml:para' $one } }
}

function Write-MamlCommand {
    param([Xml.XmlWriter]$Writer, $Fact, $Page)
    Write-Element $Writer 'command:command' -Content {
        Write-Element $Writer 'command:details' -Content {
            $verb, $noun = $Fact.Name -split '-'
            Write-Text $Writer 'command:name' $Fact.Name
            Write-Text $Writer 'command:verb' $verb
            Write-Text $Writer 'command:noun' $noun
            Write-Prose $Writer 'maml:description' $Page.Synopsis
        }
        Write-Prose $Writer 'maml:description' $Page.Description
        Write-Element $Writer 'command:syntax' -Content { foreach ($set in $Fact.Sets) { Write-SyntaxItem $Writer $set $Fact $Page } }
        Write-Element $Writer 'command:parameters' -Content { foreach ($one in $Fact.Parameters) { Write-Parameter $Writer $one $Page $one.Required $one.Position } }
        Write-Element $Writer 'command:inputTypes' -Content { foreach ($one in $Page.Inputs) { Write-Type $Writer 'command:inputType' $one } }
        Write-Element $Writer 'command:returnValues' -Content { foreach ($one in $Page.Outputs) { Write-Type $Writer 'command:returnValue' $one } }
        Write-Element $Writer 'maml:alertSet' -Content { Write-Prose $Writer 'maml:alert' $Page.Notes }
        Write-Element $Writer 'command:examples' -Content { foreach ($one in $Page.Examples) { Write-Example $Writer $one } }
        Write-Element $Writer 'command:relatedLinks' -Content { foreach ($one in $Page.Links) { Write-Link $Writer $one } }
    }
}

function Write-SyntaxItem {
    param([Xml.XmlWriter]$Writer, $Set, $Fact, $Page)
    Write-Element $Writer 'command:syntaxItem' -Content {
        Write-Text $Writer 'maml:name' $Fact.Name
        foreach ($parameter in $Set.Parameters) {
            $known = $Fact.Parameters | Where-Object Name -EQ $parameter.Name
            Write-Parameter $Writer $known $Page $parameter.IsMandatory ($parameter.Position -lt 0 ? 'named' : $parameter.Position)
        }
    }
}

function Write-Parameter {
    param([Xml.XmlWriter]$Writer, $Fact, $Page, [bool]$Required, [string]$Position)
    $attributes = [ordered]@{
        required = "$Required".ToLowerInvariant(); variableLength = 'true'; globbing = "$($Fact.Wildcard)".ToLowerInvariant()
        pipelineInput = $Fact.Pipeline; position = $Position.ToLowerInvariant(); aliases = $Fact.Aliases ? $Fact.Aliases : 'none'
    }
    $prose = ($Page.Parameters | Where-Object Name -EQ $Fact.Name).Description
    Write-Element $Writer 'command:parameter' $attributes {
        Write-Text $Writer 'maml:name' $Fact.Name
        Write-Prose $Writer 'maml:description' $prose
        if ($Fact.Type -ne 'SwitchParameter') {
            Write-Element $Writer 'command:parameterValue' @{ required = 'true'; variableLength = 'false' } { $Writer.WriteString($Fact.Type) }
        }
        if ($Fact.Accepted) {
            Write-Element $Writer 'command:parameterValueGroup' -Content {
                foreach ($value in $Fact.Accepted -split ', ') {
                    Write-Element $Writer 'command:parameterValue' @{ required = 'false'; variableLength = 'false' } { $Writer.WriteString($value) }
                }
            }
        }
        Write-Element $Writer 'dev:type' -Content { Write-Text $Writer 'maml:name' $Fact.Type }
        Write-Text $Writer 'dev:defaultValue' $Fact.Default
    }
}

function Write-Type {
    param([Xml.XmlWriter]$Writer, [string]$Name, $Type)
    Write-Element $Writer $Name -Content {
        Write-Element $Writer 'dev:type' -Content { Write-Text $Writer 'maml:name' $Type.Name }
        Write-Prose $Writer 'maml:description' $Type.Description
    }
}

function Write-Example {
    param([Xml.XmlWriter]$Writer, $Example)
    Write-Element $Writer 'command:example' -Content {
        Write-Text $Writer 'maml:title' "--- $($Example.Title) ---"
        Write-Text $Writer 'dev:code' $Example.Code
        Write-Prose $Writer 'dev:remarks' (@($Example.Remarks) + '')
    }
}

function Write-Link {
    param([Xml.XmlWriter]$Writer, [string]$Text)
    Write-Element $Writer 'maml:navigationLink' -Content {
        Write-Text $Writer 'maml:linkText' $Text
        Write-Text $Writer 'maml:uri' ''
    }
}
