"""Why a whole file is turned away. Each says what was found and what to do; nothing is kept."""

from __future__ import annotations

from kernel.errors import DomainError
from kernel.text import Text


class FileRefused(DomainError):
    """A file that is not read at all."""

    status = 422


class EmptyFile(FileRefused):
    code = "scheduling.workbook.empty"
    message = Text(zh="这个文件是空的。", en="This file is empty.")
    remedy = Text(
        zh="请确认保存成功后重新上传。名册没有任何改动。",
        en="Save the workbook again, then upload it. Nothing was altered.",
    )


class NotAWorkbook(FileRefused):
    code = "scheduling.workbook.wrong_type"
    message = Text(
        zh="这个文件不是 xlsx 工作簿，也不是 CSV 文本（看起来是{found}）。",
        en="This is neither an xlsx workbook nor CSV text (it looks like {found}).",
    )
    remedy = Text(
        zh="请在 Excel 或 WPS 中“另存为”Excel 工作簿（.xlsx）再上传。名册没有任何改动。",
        en="Save it as an Excel workbook (.xlsx) and upload that. Nothing was altered.",
    )


class OldWorkbook(FileRefused):
    code = "scheduling.workbook.old_format"
    message = Text(
        zh="这是旧版 Excel（.xls）文件，改扩展名并不会改变格式。",
        en="This is an old Excel file (.xls); renaming it does not change its format.",
    )
    remedy = Text(
        zh="请用 Excel 或 WPS 打开，“另存为”Excel 工作簿（.xlsx）。名册没有任何改动。",
        en="Open it and save it as an Excel workbook (.xlsx). Nothing was altered.",
    )


class EncryptedWorkbook(FileRefused):
    code = "scheduling.workbook.encrypted"
    message = Text(zh="这个工作簿设了打开密码。", en="This workbook is protected by a password.")
    remedy = Text(
        zh="请去掉打开密码后另存再上传。名册没有任何改动。",
        en="Remove the password, save, and upload again. Nothing was altered.",
    )


class MacroWorkbook(FileRefused):
    code = "scheduling.workbook.macros"
    message = Text(
        zh="这个工作簿带有宏（{where}）。含宏的文件一律不接收。",
        en="This workbook carries macros ({where}). Files with macros are never accepted.",
    )
    remedy = Text(
        zh="请“另存为”不含宏的 Excel 工作簿（.xlsx）再上传。名册没有任何改动。",
        en="Save it as a workbook without macros (.xlsx). Nothing was altered.",
    )


class FormulaCell(FileRefused):
    code = "scheduling.workbook.formula"
    message = Text(
        zh="工作表《{sheet}》的 {cell} 单元格是公式{more}。公式的结果可能与您看到的不同，因此不接收。",
        en="Cell {cell} of sheet “{sheet}” is a formula{more}. What a formula yields may differ "
        "from what you see, so formulas are not accepted.",
    )
    remedy = Text(
        zh="请选中有公式的区域，复制后“选择性粘贴 → 数值”，再上传。名册没有任何改动。",
        en="Copy those cells and paste them as values, then upload again. Nothing was altered.",
    )


class ExternalLinks(FileRefused):
    code = "scheduling.workbook.external_links"
    message = Text(
        zh="这个工作簿引用了别的文件（{where}）。",
        en="This workbook refers to other files ({where}).",
    )
    remedy = Text(
        zh="请在“数据 → 编辑链接”中断开链接，另存后再上传。名册没有任何改动。",
        en="Break the links (Data → Edit links), save, and upload again. Nothing was altered.",
    )


class EntityDeclaration(FileRefused):
    code = "scheduling.workbook.entities"
    message = Text(
        zh="文件内部（{where}）带有 DTD 或实体声明，正常的工作簿不会有。",
        en="The file's inside ({where}) declares a DTD or entities, which no workbook needs.",
    )
    remedy = Text(
        zh="请用 Excel 或 WPS 重新另存为 .xlsx；如来历不明，请勿使用。名册没有任何改动。",
        en="Save it afresh as .xlsx; if you do not know where it is from, do not use it. "
        "Nothing was altered.",
    )


class UnpacksTooLarge(FileRefused):
    code = "scheduling.workbook.unpacks_too_large"
    message = Text(
        zh="文件解压后超过上限（{found}；上限 {limit}）。",
        en="The file unpacks beyond the limit ({found}; the limit is {limit}).",
    )
    remedy = Text(
        zh="请删去多余的工作表、图片和空白行列，或分成几个文件上传。名册没有任何改动。",
        en="Remove superfluous sheets, pictures and blank rows, or split the file. "
        "Nothing was altered.",
    )


class TooManyRows(FileRefused):
    code = "scheduling.workbook.too_many_rows"
    message = Text(
        zh="文件的数据超过 {limit} 行。",
        en="The file has more than {limit} rows of data.",
    )
    remedy = Text(
        zh="请分成几个文件上传。名册没有任何改动。",
        en="Split it into several files. Nothing was altered.",
    )


class TooManyColumns(FileRefused):
    code = "scheduling.workbook.too_many_columns"
    message = Text(
        zh="工作表《{sheet}》用到了 {cell} 这样远的列（最多 {limit} 列）。",
        en="Sheet “{sheet}” uses columns as far out as {cell} (at most {limit} columns).",
    )
    remedy = Text(
        zh="请删除表格右侧多余的列，另存后再上传。名册没有任何改动。",
        en="Delete the superfluous columns at the right, save, upload. Nothing was altered.",
    )


class DamagedWorkbook(FileRefused):
    code = "scheduling.workbook.damaged"
    message = Text(
        zh="这个工作簿已损坏，无法完整读出（{where}）。",
        en="This workbook is damaged and cannot be read in full ({where}).",
    )
    remedy = Text(
        zh="请用 Excel 或 WPS 打开修复后另存为 .xlsx 再上传。名册没有任何改动。",
        en="Open it, let the program repair it, save as .xlsx, upload. Nothing was altered.",
    )


class UnknownEncoding(FileRefused):
    code = "scheduling.workbook.unknown_encoding"
    message = Text(
        zh="CSV 文件的文字编码无法识别（既不是 UTF-8，也不是 GBK/GB18030）。",
        en="The CSV file's encoding is not recognised (neither UTF-8 nor GBK/GB18030).",
    )
    remedy = Text(
        zh="请在 Excel 或 WPS 中另存为 .xlsx 或“CSV UTF-8”。名册没有任何改动。",
        en="Save it as .xlsx or “CSV UTF-8”. Nothing was altered.",
    )


class NoKnownSheet(FileRefused):
    code = "scheduling.workbook.no_known_sheet"
    message = Text(
        zh="没有找到《{wanted}》表。看到的工作表：{found}。",
        en="No sheet of kind “{wanted}” was found. Sheets seen: {found}.",
    )
    remedy = Text(
        zh="请下载模板对照表头。表头须在前 {rows} 行之内，并含有：{columns}。名册没有任何改动。",
        en="Compare with the template: the header must be within the first {rows} rows and "
        "hold: {columns}. Nothing was altered.",
    )


class MissingColumns(FileRefused):
    code = "scheduling.workbook.missing_columns"
    message = Text(
        zh="工作表《{sheet}》缺少必需的列：{missing}。",
        en="Sheet “{sheet}” lacks columns that are needed: {missing}.",
    )
    remedy = Text(
        zh="请对照模板补上表头（表头须在前 {rows} 行之内），再上传。名册没有任何改动。",
        en="Add the headings as in the template (within the first {rows} rows) and upload again. "
        "Nothing was altered.",
    )


class SheetTwice(FileRefused):
    code = "scheduling.workbook.sheet_twice"
    message = Text(
        zh="《{first}》和《{second}》看起来是同一种表（{kind}），无法判断以哪张为准。",
        en="“{first}” and “{second}” look like the same kind of sheet ({kind}).",
    )
    remedy = Text(
        zh="请合并成一张表，或删去其中一张，再上传。名册没有任何改动。",
        en="Merge them or delete one, then upload again. Nothing was altered.",
    )
