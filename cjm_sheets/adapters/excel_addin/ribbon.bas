Attribute VB_Name = "CjmSheets"
' Decides what a button on the tab runs. Names are long on purpose: of two add-ins whose callbacks
' are named alike, Excel may call the wrong one.
Option Explicit

Private Const NO_WORKBOOK As Long = 1
Private Const OWN_SETTINGS As Long = 2

Public Sub CjmSheetsMain(control As IRibbonControl)
    RunMacro "main"
End Sub

Public Sub CjmSheetsCheck(control As IRibbonControl)
    RunMacro "check"
End Sub

Public Sub CjmSheetsScore(control As IRibbonControl)
    RunMacro "score"
End Sub

Public Sub CjmSheetsDraw(control As IRibbonControl)
    RunMacro "draw"
End Sub

Public Sub CjmSheetsFix(control As IRibbonControl)
    RunMacro "fix"
End Sub

Public Sub CjmSheetsExplain(control As IRibbonControl)
    RunMacro "explain"
End Sub

Public Sub CjmSheetsSync(control As IRibbonControl)
    RunMacro "sync"
End Sub

' A workbook may come from anybody. One that brings a sheet of settings would choose the program
' that a click starts, so it is refused; all other settings stand on the sheet of the add-in.
Private Sub RunMacro(verb As String)
    If ActiveWorkbook Is Nothing Then
        MsgBox Sentence(NO_WORKBOOK), vbInformation
    ElseIf SheetExists(ActiveWorkbook, PROJECT_NAME & ".conf") Then
        MsgBox Sentence(OWN_SETTINGS), vbExclamation
    Else
        RunPython "from cjm_sheets import macros; macros." & verb & "()"
    End If
End Sub

' The sentences stand in the language in which the add-in was installed.
Private Function Sentence(line As Long) As String
    Sentence = ThisWorkbook.Worksheets(1).Cells(line, 4).Value
End Function
