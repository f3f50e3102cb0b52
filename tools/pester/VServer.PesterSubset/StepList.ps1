using namespace System.Collections.Generic
using namespace System.Management.Automation

# Script blocks that run one after another in one scope of the test file. The first failure leaves out the rest of
# the steps; the last steps run whatever happened. The loop that runs them is in Scope.ps1.
class StepList {
    [Queue[scriptblock]] $Steps
    [Queue[scriptblock]] $LastSteps
    [System.Collections.IDictionary] $Data
    [List[ErrorRecord]] $Errors = [List[ErrorRecord]]::new()
    [scriptblock] $Step
    [hashtable] $Arguments
    [bool] $Finished
    hidden [bool] $Open

    StepList([scriptblock[]] $steps, [scriptblock[]] $lastSteps, [System.Collections.IDictionary] $data) {
        $this.Steps = [Queue[scriptblock]]::new([scriptblock[]]@($steps).Where({ $null -ne $_ }))
        $this.LastSteps = [Queue[scriptblock]]::new([scriptblock[]]@($lastSteps).Where({ $null -ne $_ }))
        $this.Data = $data
    }

    [bool] MoveNext() {
        if ($this.Open) {
            $this.FailLeftStep()
        }

        $next = $null
        if (-not $this.Steps.TryDequeue([ref]$next) -and -not $this.LastSteps.TryDequeue([ref]$next)) {
            $this.Finished = $true
            return $false
        }

        $this.Step = $next
        $this.Arguments = $this.SelectArguments($this.Step)
        $this.Open = $true
        return $true
    }

    [void] Complete() {
        $this.Open = $false
    }

    [void] Fail([ErrorRecord] $failure) {
        $this.Open = $false
        $this.Errors.Add($failure)
        $this.Steps.Clear()
    }

    # A break or continue outside a loop looks for one in the callers and finds the runner's: the rest of the block
    # was silently left out, so nothing it was to show has been shown.
    hidden [void] FailLeftStep() {
        $extent = $this.Step.Ast.Extent
        $message = "A break or continue outside of a loop left the block at $($extent.File):$($extent.StartLineNumber)."
        $this.Fail([ErrorRecord]::new([InvalidOperationException]::new($message), 'BlockLeft', 'InvalidOperation', $null))
    }

    # Data reaches a block as variables; a block that declares parameters is given those it declares.
    hidden [hashtable] SelectArguments([scriptblock] $block) {
        $selected = @{}
        if ($null -eq $this.Data -or $null -eq $block.Ast.ParamBlock) {
            return $selected
        }

        foreach ($parameter in $block.Ast.ParamBlock.Parameters) {
            $name = $parameter.Name.VariablePath.UserPath
            if ($this.Data.Contains($name)) {
                $selected[$name] = $this.Data[$name]
            }
        }

        return $selected
    }
}

function New-StepList {
    param([scriptblock[]] $Step, [scriptblock[]] $LastStep, $Data)

    $dictionary = if ($null -ne $Data -and $Data.Item -is [System.Collections.IDictionary]) { $Data.Item }
    [StepList]::new($Step, $LastStep, $dictionary)
}
