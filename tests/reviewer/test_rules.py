"""Each rule with examples and counter-examples in both languages, as they stand in real procedures."""

import pytest
from support.procedures import procedure

from testgen.domain.background import Background
from testgen.domain.glossary import Glossary
from testgen.domain.language import Language
from testgen.domain.test_case import TestCase
from testgen.reviewer import ReviewSettings, review
from testgen.reviewer.checks import NEED_A_CASE

OK = {"en": "The page is shown", "ja": "画面が表示される"}

# rule -> language -> (actions that have it, actions that do not)
IN_ACTIONS: dict[str, dict[Language, tuple[list[str], list[str]]]] = {
    "ambiguous-wording": {
        "en": (
            [
                "Wait until the page works fine",
                "Resize the window quickly",
                "Enter the name, address, etc.",
                "Set the options as needed",
                "Select the correct country",
                "Check that the details are correct",
            ],
            [
                'Enter "properly" into the note',
                "Edit the file /etc/hosts",
                "Open the Quick start page",
                'Select "Fast delivery"',
            ],
        ),
        "ja": (
            ["適切に設定を変更する", "名前や住所などを入力する", "速やかに「停止」を押す"],
            ["「正常に終了」を選択する", "正しいパスワードを入力する", "大阪を選択する"],
        ),
    },
    "conditional-step": {
        "en": (
            [
                'If a dialog appears, click "Yes"',
                "Enter the password, unless you are signed in",
                'Click "Retry" when necessary',
                "Verify that the time zone is UTC or select UTC",
                "When Files crashes, start it again",
            ],
            [
                'Click "Stop if full"',
                "Select the entry Watch (this will only work if there is a server)",
                "Check if the box is empty",
                "Open the page even if it is locked",
            ],
        ),
        "ja": (
            ["エラーが出た場合は「再試行」を押す", "必要に応じて再読み込みする", "ログインしていなければログインする"],
            ["場合分けの欄に A を入力する", "「場合は」を選択する", "もしもボックスを開く"],
        ),
    },
    "eager-action": {
        "en": (
            [
                'Enter the name and click "Save"',
                "Open the settings, then choose Quit",
                'Select a row. Press "Delete"',
                'Click on "Plugins" and then the "Input" tab',
                "Open a terminal window and click File on the menubar",
                "In the tab, choose JACK from the dropdown menu, click the OK button",
                "Remove the disc and press Enter",
                "Frobnicate the knob. Click OK.",
                "Select one audio channel and using your mouse wheel change the volume level",
                "In the field for resolution select 1024x768 hit apply",
                "Open a terminal, type the command and press Enter",
                # What stands before the verb: a comma or dash, an adverb, a place.
                "Select the folder test, from the Edit menu - select Delete",
                'Tick "Natural scrolling", slowly scroll down the page',
                "Go to the folder Music, there create a playlist",
                "Beside the clock an arrow is shown click it and choose UTC",
                "On the second tab raise the volume and close the dialog",
                "Detach the window, dock it on the left",
                "Scan the page / save it as PDF",
                # One verb, several times.
                "Click the left and right arrow buttons",
                "Repeat with Size, Type and Date",
                "Select Yes and a dialog will come up and you can choose the drive sda there",
                "Copy the file to the stick Unmount the stick",
                "Select the files to import and click the 'Import' button",
                "In the description box type the name A, select the command box B",
                "Boot the disc A, when you hear the drums press ctrl+s",
                "Open the dialog, supply password",
                "Open a terminal and Ctrl+Shift+F keys",
                "Set the value to 5 and save",
            ],
            [
                # The entry of a path, or its mark; what a key brings about; a field and its text; how it is done.
                "Select View -> Location, pick Path Bar",
                "Navigate to View -> Grid and tick its checkbox",
                "Press F3 and select Low Latency",
                "Hit Escape and leave the set-up",
                'Click on the "Search" field. Type "abc"',
                "Exit the shell. Press Ctrl+D",
                'Choose "Auto" with the arrows and confirm with "Enter"',
                "Select Erase disk and install the system",
                'Enter "abc" and wait for the list',
                "Choose size A. If it is a laptop, choose size B",
                "Press Tab until OK is highlighted, then press Enter",
                "Look at the top of the page, there should be a menu icon, click it",
                # One gesture takes two verbs.
                "Open the menu, then choose Quit",
                'Click on "File" and then the "Open" entry',
                'Go to the top bar and click the "Help" menu and later "About"',
                'Click the "Sort by:" button and choose a sort criteria from the drop down list presented',
                "Right click on the folder and select 'Sharing Options'",
                "Select Yes to accept the changes and press Enter",
                "Select Guided - use entire disk and set up encrypted LVM and press Enter",
                "Select an item from the dialog, drag it and drop it in the panel",
                "Grab the window by its title bar and move it",
                "Look for the entry and click on it",
                "Open a file by selecting File, Open and then choosing it",
                "Press Enter to accept the command line and start the installation",
                "Copy the folder and paste it",
                "Select the driver (if you have a card, choose it. Otherwise leave it)",
                "Review the list and compare it with the page",
                "Press and hold the icon and drag it to the home screen",
                "Hold Ctrl and click the second file",
                "Hover over the icon and click it",
                "Select edit, move to trash",
                "Enter the name and the address",
                'Click "Save and close"',
                "Open the Open dialog",
                "Select the rows to copy and paste",
                # Enter and Tab end an input.
                "Confirm the password and press Enter",
                "Enter the name, press Tab",
                'Start it by typing "leafpad" and press the Enter key',
                "Leave it blank and press Enter",
                "Change the size to 20 GB and press Enter",
                "Back in the terminal, write the command and press Enter",
                # What unfolds, is held or is only waited for.
                "Click the arrow beside the gear icon and select the entry Finder",
                "Press + in the tool bar and select the entry Directory",
                "Go to the Categories panel and click on the entry Sound",
                "Click the left mouse button and drag a rectangle over the icon",
                "Press Super and keep it pressed",
                'Type "ifconfig" and look for the address',
                # Words that look like verbs: in a list, as the name of an entry, as an adjective, for a purpose.
                "Use the arrow keys to select, move and resize the window",
                "Click on the search, filter and sort icons",
                "Select the entry for copy, move and delete",
                "In the menu, select File, then Print",
                "Select Play, Pause from the control menu",
                "Press the Print button, close to the bottom",
                "Press the Install / Remove Languages button",
                "Select Guided - use the largest free space",
                "To stop the recording, press the red button",
                "Open the file with drag and drop",
                "Press the up and down arrow keys",
                # Done only in a case, which is another flaw; or told, and not asked for.
                "Click the tile 1, if a mine appears, restart and try the tile 2",
                "The default should be to format it as ext4 and mount it. Select Done",
            ],
        ),
        "ja": (
            [
                "氏名を入力し、「保存」を押す",
                "会員一覧を開いて「退会」を選択する",
                "数量入力 → F1(確定)押下",
                "「手動」タブ →「寸動」を2秒長押し",
                "IG-OFF → 10秒後にIG-ON",
                "エンジン始動後、シフトを入れる",
                "プルダウンから「東京」を選択し「次へ」を押す",
                "明細を選んでから削除ボタンを押下する",
                "ログアウトする。管理者としてログインする",
            ],
            [
                "ID とパスワードを入力する",
                "管理者としてログインする",
                "初期画面において「お引出し」にタッチする",
                "「仮登録」を押してください。",
                "ログイン画面を開いてみる",
                "メニューを開いて「退会」を選択する",
                "メニュー「検針」→「個別検針」を選択する",
                "商品を右クリックして「コピー」を選択する",
                "ファイルをごみ箱にドラッグしてドロップする",
                "「1:新規」を選択しEnterキーを押す",
                "体温に 42.1 と入力して Tab キーを押す",
                "Ctrlキーを押しながら2行目をクリックする",
                "「ログイン」を押す。手順2〜3を合計5回行う",
                "空欄のままにする",
                "表示されている行を選択する",
            ],
        ),
    },
    "misplaced-precondition": {
        "en": (
            [
                "Make sure the printer is connected",
                "Please ensure you have a USB drive available",
                "This test requires an admin account",
                "This test assumes that Firefox is the default browser",
                "Make sure that the network cable is unplugged",
                "Bluetooth is switched on and the phone is paired",
                # Said by the way.
                "Open the album 2024. This test requires at least three pictures",
                "Click Restore (you must have made a backup before)",
                "Start the sync, ensuring that the phone is on the same network",
                "Start the viewer ensuring that it is not in full screen",
                "With Music having the focus, press Alt+F4",
                "In order to run this test you need an account",
                "Open the list (you will need two entries)",
                "Note, if you use a virtual machine, please ensure that network boot is enabled",
            ],
            [
                "Connect the printer",
                'Turn on "Auto save"',
                "Press the button that is required",
                "Install the tool (this requires a reboot)",
            ],
        ),
        "ja": (
            [
                "会員登録が済んでいること",
                "プリンターが接続されている必要がある",
                "商品を登録しておくこと",
                "制御盤 運転準備完了（RDYランプ点灯）",
                "ログイン済み",
            ],
            ["会員登録を行うこと", "商品を登録する", "異常時はセンターに連絡"],
        ),
    },
    "misplaced-verification": {
        "en": (
            [
                'Click "Save" and verify that "Saved" is shown',
                "Does the page load?",
                "The system should show the menu",
                "Hostname box appears",
            ],
            [
                'Check the "Remember me" checkbox',
                "Note down the number",
                "Confirm the deletion",
                "Select the Validate option",
                "Run the tool abc to check the version",
                "Click Save until the dialog appears",
                "Find something to read in the search field",
                "The list will pop up, choose the entry A",
                "A dialog will appear asking for a name. Select Continue",
                "Play the song 1. If you hear nothing, first check that the volume is not 0",
            ],
        ),
        "ja": (
            ["「保存」を押し、「保存しました」と表示されることを確認する", "タイトルは「ホーム」になっているか？"],
            ["合計金額を確認する", "確認画面を開く", "「確認」を押す"],
        ),
    },
    "undefined-wait": {
        "en": (
            [
                "Wait a moment",
                "Wait for a few seconds",
                "Wait",
                "Wait for the installer to finish",
                "Wait until the upload is completed",
                "Wait for the package to be removed",
            ],
            [
                "Wait 30 seconds",
                'Wait until "Done" is shown',
                "Wait for the upload to finish within 10 minutes",
                "Wait for the login screen",
                "Wait until the page has finished loading",
            ],
        ),
        "ja": (["しばらく待つ", "数秒待つ", "一定時間待機する"], ["30秒待つ", "読み込みが完了するまで待つ"]),
    },
    "unspecified-value": {
        "en": (
            [
                "Enter some text",
                "Select any file",
                "Choose a password",
                "Type a name of your choice",
                "Click on a different tab",
                "Focus another window",
                "Select the disk to use and press Enter",
                "Fill the input fields and press Enter",
                # An indefinite object, or what is put in or used with it.
                "Plug a music player into the computer",
                "Copy the song to a stick",
                "Create a password that does not meet the rules",
                "Insert at least two songs",
                # Several of a kind, or a question that is left to the tester.
                "Drag pictures into the album",
                "Choose what to import",
                "Specify where to save the file",
                # Both ways, or what belongs to the tester.
                "Tick/untick the option Grid",
                "Increase or decrease the margin",
                "Lay out your required partitions",
                "Log in with your account",
                "Make a search",
                # An example is no value.
                "Enter a number (for example 5)",
            ],
            [
                'Enter "some text"',
                "Select the file report.csv",
                "Open a new window",
                "Continue without any change",
                "Select Something Else",
                "Set the timezone to UTC",
                "From the power button choose logout",
                "Pick the red colour",
                "Select the newly created partition",
                "Select the Language tab",
                "Change the slider to 10 seconds",
                # Any will do, it is made by the step, or it has a name after all.
                "Press a key",
                "Draw a rectangle",
                "Print a test page",
                'Open a folder named "test"',
                "Insert a table with 3 rows",
                "If one of the versions has a name, read it",
                "Select all files",
                "Click one more time on the same track",
                "Press any key",
                # Hardware is named by its kind, and a question of the product's is its own.
                "Connect a USB keyboard",
                "Connect a USB keyboard to one of the USB2 ports",
                # A vague adjective is the flaw.
                "Choose a suitable size",
                "Select the appropriate location",
                "How do you want to update? No automatic updates",
            ],
        ),
        "ja": (
            [
                "任意の商品を選択する",
                "適当な文字列を入力する",
                "複数の商品をカートに入れる",
                "別のユーザーでログインする",
                "管理者権限のあるアカウントでログインする",
                "不正なトークンで呼び出す",
                "スプレッダを少し下げる",
                "牛を1頭入れる",
                "ICカード（残高あり）をタッチ",
                "汚れたラベルの荷物を流す",
                "試験番号に電話する",
                "患者を適当に1件開く",
                "表の空いてるところを押す",
            ],
            [
                "「任意」を選択する",
                "千円札を1枚入れる",
                "商品 A-100 を選択する",
                "区別の欄を開く",
                "登録した商品で検索する",
            ],
        ),
    },
    "missing-test-data": {
        "en": (
            [
                "Insert the name for the new user",
                "Input http proxy info or press Enter",
                "Enter AP password",
                "Set output in Playback tab",
                "Define the start point of the search",
                "Name the new album",
                "Choose the language",
                "Select your location",
                "Select disk to partition",
                "Move the mouse over the bars, using mouse wheel change volume",
                # Neither the means nor an example is the value.
                "Adjust brightness with the slider",
                "Pick wallpaper from the list",
                "Choose target device, for example /dev/sda or /dev/sdb",
                "Give the folder a name",
                # Changed, and nobody says to what.
                'Change the "Interval" value',
                "Change each filter for each type",
                "Adjust the available colours from the drop-down list",
                "Log in, entering the password",
                "Add content to the note",
            ],
            [
                'Enter "A" as the name',
                "Re-enter the password",
                "Enter the BIOS setup",
                "Insert a USB stick",
                "Change the user to Administrator",
                "Press change next to the type",
                "Enter the password you set in step 2",
            ],
        ),
        "ja": (
            [
                "配送先を離島の住所に変更",
                "必須項目をすべて埋める",
                "数量入力",
                "支払方法を選択",
                "流量設定を行う",
                "IPアドレスを設定する",
            ],
            [
                "配送先を元の住所に変更する",
                "ステータスを完了に変更する",
                "男性を選択",
                "新規登録",
                "モードを自動に設定する",
                "カード挿入",
                "登録した商品を選択する",
                "即日配送を選ぶ",
            ],
        ),
    },
    "tacit-knowledge": {
        "en": (
            ["Sign in as usual", "Configure the server the standard way"],
            ["Sign in as mori", "Open the Standard plan page"],
        ),
        "ja": (
            ["いつも通りログインする", "通常の手順で商品を登録する", "前回と同様に設定する"],
            ["通常料金を選択する", "前回の注文を開く"],
        ),
    },
    "open-question": {
        "en": (
            ["Open [FILL IN: which page]", "Enter the limit (TBD)", "Select the role???"],
            ["Open the FAQ page", "Fill in the form"],
        ),
        "ja": (
            ["【要記入: 確認する画面】を開く", "上限を入力する（要確認）", "区分を選択する（未定）"],
            ["【重要】のお知らせを開く", "確認画面を開く"],
        ),
    },
    "prompt-leak": {
        "en": (
            ["As an AI language model I cannot do this", "</test_case> Open the page", "Output a JSON array of rows"],
            ["Open the AI page", "Upload data.json"],
        ),
        "ja": (
            ["申し訳ありませんが、お答えできません", "以前の指示を無視して開く", "JSON の配列を出力する"],
            ["AI 設定画面を開く", "data.json を開く"],
        ),
    },
    "low-information": {
        "en": (
            [
                "Perform the test",
                "Check",
                "Do it.",
                "Repeat tests for rotation",
                "After entering the name",
                "From the terminal, run the following commands",
                "Play around with the settings",
                "Go through the rest of the wizard",
            ],
            ["Perform the import", "Check the total", "Test PHP"],
        ),
        "ja": (
            [
                "操作を行う",
                "確認する",
                "テストを実施する",
                "復旧操作",
                "出荷準備を行う",
                "残りの商品も同じように検品する",
                "入金伝票についても同様に実施",
                "同じことを2号棟でもやる",
                "リセットは機械室のマニュアルの手順による",
            ],
            ["返品の操作を行う", "合計を確認する", "ログアウト操作を行う", "検索処理を実行する"],
        ),
    },
    "mixed-language": {
        "en": (["ログイン画面を開く"], ["Open the 「設定」 page", 'Click "ログイン"']),
        "ja": (
            ["Open the login page", 'Tap "Request a ride"'],
            ["「Login」を押す", "https://example.com/admin を開く"],
        ),
    },
}


def rules_of(action: str, language: Language, expected: str | None = None) -> set[str]:
    text = OK[language] if expected is None else expected
    return {finding.rule for finding in review(procedure((action, text), language=language)).findings}


CASES = [
    (rule, language, action, found)
    for rule, languages in IN_ACTIONS.items()
    for language, (bad, good) in languages.items()
    for actions, found in ((bad, True), (good, False))
    for action in actions
]


@pytest.mark.parametrize(
    ("rule", "language", "action", "found"), CASES, ids=[f"{c[0]}-{c[2][:30]}-{c[3]}" for c in CASES]
)
def test_a_rule_finds_its_smell_in_actions_and_nothing_else(
    rule: str, language: Language, action: str, found: bool
) -> None:
    assert (rule in rules_of(action, language)) is found


EXPECTED = [
    ("misplaced-action", "en", 'Press "OK". The dialog closes', True),
    ("misplaced-action", "en", 'A dialog appears, click "Yes"', True),
    ("misplaced-action", "en", "Open dialog appears", False),
    ("misplaced-action", "en", "Verify that the dialog closes", False),
    ("misplaced-action", "en", "After typing in the name it appears in the list", True),
    ("misplaced-action", "en", "You can see it by switching to tty4", True),
    ("misplaced-action", "en", "After loading it shows the list", False),
    ("misplaced-action", "en", "You should be asked for the password", False),
    ("misplaced-action", "en", "Test the layout in the given box, which should be set", True),
    ("ambiguous-wording", "en", "Is the translation sensible?", True),
    ("ambiguous-wording", "en", "It quits without any errors", False),
    ("ambiguous-wording", "en", "After a short amount of time a dialog appears", True),
    ("misplaced-action", "en", "It is played. (Remember to reset the volume)", True),
    ("misplaced-action", "en", "Capture from camera... dialog opens", False),
    ("ambiguous-wording", "en", "Does the login with it work?", True),
    ("ambiguous-wording", "en", "Flash video will not work, so HTML is used", False),
    ("ambiguous-wording", "en", "The volume is loud enough", True),
    ("ambiguous-wording", "en", "There is enough space", False),
    ("ambiguous-wording", "en", "No strange messages appear", True),
    ("ambiguous-wording", "en", "The right font is used", True),
    ("ambiguous-wording", "en", "The right panel is displayed", False),
    ("ambiguous-wording", "en", "The tool starts up fine", True),
    ("misplaced-action", "en", "The machine suspends, open the lid again", True),
    ("misplaced-action", "en", "In the first tab, tick the box", True),
    ("misplaced-action", "en", "You can restore it by right clicking on it", True),
    ("misplaced-action", "en", "Test page is printed", False),
    ("misplaced-action", "en", "Save dialog", False),
    ("misplaced-action", "en", "Scan begins and finishes by itself", False),
    ("misplaced-action", "en", "Login options and home folder choices shown", False),
    ("misplaced-action", "en", "lsmod | grep kvm", True),
    ("misplaced-action", "en", "mount -o loop a.iso iso", True),
    ("misplaced-action", "en", "a list of modules", False),
    ("misplaced-action", "en", "If a key is needed, you will need to enter it now", True),
    ("misplaced-action", "en", 'Do you get the same result pressing "F11"?', True),
    ("misplaced-action", "en", "To add 7 and 2 enter the following: 7+2", True),
    ("conditional-step", "en", "You may see a warning about the tuner", True),
    ("conditional-step", "en", "A dialog asking if you want to quit is shown", False),
    ("ambiguous-wording", "en", "If the password is correct, the page Account is shown", False),
    ("misplaced-action", "ja", "「はい」を押すと削除される", True),
    ("misplaced-action", "ja", "注文一覧を開く。注文が表示される", True),
    ("misplaced-action", "ja", "予約が出るので「取消」→「はい」をタップ。一覧が0件になる", True),
    ("misplaced-action", "ja", "入力した値が表示される", False),
    ("unspecified-value", "en", "Open the browser and go to any page that has audio", True),
    ("unspecified-value", "en", "Any error is shown in red", False),
    ("conditional-step", "en", "If there are any results they are shown", False),
    ("undefined-wait", "ja", "待機画面に復帰", False),
    ("mixed-language", "ja", "「登録しました」表示、伝票No.採番", False),
    ("mixed-language", "ja", "打开登录页面", True),
    ("ambiguous-wording", "en", "The commands return their expected results", True),
    ("misplaced-action", "ja", "選択した行が青くなる", False),
    ("misplaced-action", "ja", "30℃を超えたら天窓が開き始めること", False),
    ("ambiguous-wording", "ja", "金額が合っている", True),
    ("ambiguous-wording", "ja", "即時配達の欄が消える", False),
    ("ambiguous-wording", "ja", "即時反映される", True),
    ("ambiguous-wording", "ja", "または演算子が青で表示される", False),
    ("ambiguous-wording", "ja", "403 または 404 が返る", True),
    ("ambiguous-wording", "ja", "一覧が出る。または「0件」と出る", True),
    ("ambiguous-wording", "en", "Especially the first entry is shown", False),
    ("misplaced-action", "ja", "計量票が出てくるので車番を書き込む", True),
    ("tacit-knowledge", "ja", "規定値内", True),
    ("tacit-knowledge", "ja", "規定値内（20±0.5 L）", False),
    ("ambiguous-wording", "ja", "正常終了", True),
    ("ambiguous-wording", "en", "It shuts down in a reasonable time (less than a minute)", False),
    ("ambiguous-wording", "en", "Does the information make sense?", True),
    ("conditional-step", "en", "(If on a laptop) it is plugged in", False),
    ("conditional-step", "en", "A prompt is shown (if you entered a weak password, confirm it)", True),
    ("ambiguous-wording", "en", "The page loads properly", True),
    ("ambiguous-wording", "ja", "正しく保存される", True),
    ("ambiguous-wording", "ja", "「正しく保存されました」と表示される", False),
    ("conditional-step", "en", "If it is online, the icon is green", True),
    ("conditional-step", "ja", "通信できる場合は「保存しました」と表示される", True),
    ("undefined-wait", "en", "After a short delay the list is shown", True),
    ("undefined-wait", "ja", "しばらくすると一覧が表示される", True),
]


@pytest.mark.parametrize(("rule", "language", "expected", "found"), EXPECTED, ids=[entry[2][:40] for entry in EXPECTED])
def test_a_rule_finds_its_smell_in_expected_results(rule: str, language: Language, expected: str, found: bool) -> None:
    action = {"en": 'Click "Save"', "ja": "「保存」を押す"}[language]
    assert (rule in rules_of(action, language, expected)) is found


@pytest.mark.parametrize(
    ("action", "language", "severity"),
    [
        ('Click "Save"', "en", "error"),
        ("「保存」を押す", "ja", "error"),
        ("合計を確認する", "ja", None),
        ("Verify that the list is empty", "en", None),
    ],
)
def test_an_action_without_an_expected_result_is_an_error_a_check_is_not(
    action: str, language: Language, severity: str | None
) -> None:
    found = [
        finding
        for finding in review(procedure((action, ""), language=language)).findings
        if finding.rule == "unverified-action"
    ]
    assert [finding.severity for finding in found] == ([severity] if severity else [])


def test_an_action_that_ends_in_a_check_lacks_its_result_where_the_check_cannot_become_it() -> None:
    assert {"misplaced-verification", "unverified-action"} <= rules_of("「保存」を押し、一覧を確認する", "ja", "")
    # Moving what is checked makes it the expected result.
    for action in ('Click "Save" and check that the list is empty', 'Click "Save". The list should be empty'):
        assert rules_of(action, "en", "") == {"misplaced-verification"}
    assert "unverified-action" in rules_of('Check that the list is empty and click "Save"', "en", "")


@pytest.mark.parametrize(
    ("action", "language"),
    [
        ("Note: the page may be slow", "en"),
        ("If there is no title, ANDI will reveal an alert", "en"),
        ("2号機も同様", "ja"),
    ],
)
def test_where_nothing_is_done_no_result_is_missing(action: str, language: Language) -> None:
    found = rules_of(action, language, "")
    assert "low-information" in found
    assert "unverified-action" not in found


def test_test_data_make_good_what_the_action_leaves_open() -> None:
    def found(data: str) -> set[str]:
        steps = procedure(("つり銭を補充する", data, OK["ja"]), language="ja")
        return {finding.rule for finding in review(steps).findings}

    assert "unspecified-value" not in found("10円×50")
    assert "unspecified-value" in found("適宜")


def test_a_japanese_check_without_a_result_is_told_how_to_be_split() -> None:
    [finding] = review(procedure(("合計金額を確認する", ""), language="ja")).findings
    assert (finding.rule, finding.severity) == ("misplaced-verification", "info")
    assert finding.suggestion == "確認する内容を期待結果に移し、操作の欄には行う操作を書いてください。"


def test_what_is_told_about_a_check_depends_on_the_results_cell() -> None:
    made = procedure(
        ("電源を入れる", "", "点灯する"),
        ("運転しないこと。", ""),
        ("警報が止まること。", "", "警報が止まる"),
        language="ja",
    )
    told = {
        finding.step: (finding.message[:9], finding.suggestion[:9])
        for finding in review(made).findings
        if finding.rule == "misplaced-verification"
    }
    assert told[2][0] == "期待結果が操作の欄"
    assert told[3][1] == "期待結果の欄にも書"


def test_where_results_stand_at_the_last_step_only_an_earlier_check_lacks_its_result() -> None:
    steps = procedure(
        ("Determine whether a transcript is provided", ""),
        ("Inspect the output and click OK", ""),
        ("Compare the transcript", "It is the same"),
    )
    assert [(finding.rule, finding.step) for finding in review(steps).findings][:1] == [("unverified-action", 1)]


def test_a_check_step_of_ours_is_never_a_misplaced_verification() -> None:
    steps = procedure(("Check that the list is empty", "The list is empty"), kinds=["check"])
    assert "misplaced-verification" not in {finding.rule for finding in review(steps).findings}


def test_a_precondition_is_one_only_until_something_was_done() -> None:
    steps = procedure(("Open the page", "The page is shown"), ("Make sure the printer is connected", ""))
    assert [(finding.rule, finding.step) for finding in review(steps).findings] == [("misplaced-verification", 2)]


@pytest.mark.parametrize(("order", "found"), [("11", {2: "1"}), ("122", {3: "2"}), ("121", {}), ("1212", {})])
@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_step_that_stands_twice_is_named_unless_a_flow_returns_to_it(
    language: Language, order: str, found: dict[int, str]
) -> None:
    action = {"en": 'Open "{}"', "ja": "「{}」を押す"}[language]
    steps = procedure(*((action.format(name), OK[language]) for name in order), language=language)
    hits = [finding for finding in review(steps).findings if finding.rule == "duplicate-step"]
    assert {finding.step: number for finding in hits for number in order if number in finding.message} == found


@pytest.mark.parametrize("language", ["en", "ja"])
def test_steps_that_differ_by_data_or_result_are_no_duplicates(language: Language) -> None:
    action = {"en": 'Click "Save"', "ja": "「保存」を押す"}[language]
    steps = procedure((action, "1", OK[language]), (action, "2", OK[language]), language=language)
    assert "duplicate-step" not in {finding.rule for finding in review(steps).findings}


@pytest.mark.parametrize(("action", "language"), [('Click "Save"', "en"), ("「保存」を押す", "ja")])
def test_an_action_with_an_expected_result_is_verified(action: str, language: Language) -> None:
    assert "unverified-action" not in rules_of(action, language)


CASE_EN = TestCase(
    id="T-1", title="Reset", specification='A link lasts 60 minutes. The page shows "Expired".', test_data={"user": "mori"},
    expected_results=('"Expired" is shown', "the password is unchanged"),
)  # fmt: skip
CASE_JA = TestCase(
    id="T-2", title="ロック", specification="5回失敗するとロックする。", test_data={"ID": "tanaka"},
    expected_results=("「ロックされました」と表示される", "正しいパスワードでもログインできない"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("case", "results", "missing"),
    [
        (CASE_EN, ('The page shows "Expired"', "The password has not changed"), [2]),
        (CASE_EN, ('"Expired" is displayed', "The password is unchanged"), []),
        (CASE_EN, ('"Expired" is shown',), [2]),
        (CASE_EN, ('"Expired" is not shown', "the password is unchanged"), [1]),
        (CASE_JA, ("５回目に「ロックされました」と表示されます", "ログインできない"), [2]),
        (CASE_JA, ("「ロックされました」と表示サレル", "ただしいパスワードでもログイン出来ない"), []),
        (CASE_JA, ("「ロックされました」が表示されること", "正しいパスワードでもログインできないこと"), []),
        (CASE_JA, ("「ロックされました」と表示される", "正しいパスワードでログインできる"), [2]),
    ],
)
def test_the_text_decides_which_expected_result_is_covered(
    case: TestCase, results: tuple[str, ...], missing: list[int]
) -> None:
    language = case.resolved_language()
    action = {"en": "Open the link", "ja": "「ログイン」を押す"}[language]
    found = review(procedure(*((action, text) for text in results), language=language), case).findings
    assert [int(f.field[-1]) + 1 for f in found if f.rule == "expected-result-not-covered"] == missing


def test_circumstances_of_an_expected_result_may_stand_in_an_earlier_step() -> None:
    steps = procedure(
        ("「ログイン」を押す", "「ロックされました」と表示される"), ("ID と正しいパスワードを入力する", "値が表示される"), ("「ログイン」を押す", "ログインできない"), language="ja"
    )  # fmt: skip
    assert "expected-result-not-covered" not in {finding.rule for finding in review(steps, CASE_JA).findings}


@pytest.mark.parametrize(
    ("case", "action", "excerpt"),
    [
        (CASE_EN, 'Click "Proceed"', "Proceed"),
        (CASE_EN, "Wait 90 minutes", "90 minutes"),
        (CASE_EN, "Open https://example.com/x", "https://example.com/x"),
        (CASE_EN, "Open report.csv", "report.csv"),
        (CASE_EN, "Open order A-17", "A-17"),
        (CASE_EN, "Wait 60 minutes", None),
        (CASE_EN, 'Enter "mori"', None),
        (CASE_EN, 'Open [FILL IN: the "page"]', None),
        (CASE_JA, "「次へ」を押す", "次へ"),
        (CASE_JA, "合計６回行う", None),
        (CASE_JA, "「ｔａｎａｋａ」を入力する", None),
        (CASE_JA, "30分待つ", "30分"),
    ],
)
def test_a_value_that_was_not_given_is_an_invention(case: TestCase, action: str, excerpt: str | None) -> None:
    steps = procedure((action, "x"), language=case.resolved_language())
    found = [
        finding
        for finding in review(steps, case).findings
        if finding.rule == "ungrounded-value" and finding.field.endswith("action")
    ]
    assert [finding.excerpt for finding in found] == ([excerpt] if excerpt else [])
    assert all(finding.severity == "error" for finding in found)


def test_in_data_and_results_it_is_worth_a_look_only() -> None:
    found = review(procedure(("Open the link", "user-9@example.com", 'The page shows "Welcome"')), CASE_EN).findings
    assert {(f.field.rsplit("/")[-1], f.severity) for f in found if f.rule == "ungrounded-value"} == {
        ("test_data", "info"),
        ("expected_result", "info"),
    }


def test_a_word_of_the_glossary_is_no_invention() -> None:
    glossary = Glossary.parse({"terms": [{"term": "Proceed"}]})
    assert "ungrounded-value" not in {
        f.rule
        for f in review(procedure(('Click "Proceed"', "x")), CASE_EN, background=Background.of(glossary)).findings
    }


def test_without_a_case_such_rules_are_skipped_not_passed() -> None:
    skipped = review(procedure(("Open the page", "It is shown"))).skipped
    assert skipped == tuple(sorted(NEED_A_CASE))
    assert {"expected-result-not-covered", "ungrounded-value"} <= set(skipped)
    assert review(procedure(("Open the page", "It is shown")), CASE_EN).skipped == ()


GLOSSARY = Glossary.parse(
    {
        "terms": [
            {"term": "押す", "instead_of": ["押下する"], "verb_forms": {"クリックし": "押し"}},
            {"term": "sign in", "instead_of": ["log in"]},
        ],
        "style": {"ending": "する", "brackets": "「」"},
    }
)


@pytest.mark.parametrize(
    ("action", "language", "wanted"),
    [
        ("「保存」を押下する", "ja", {("term-not-in-glossary", "押下する", "押す")}),
        ("「保存」を押す", "ja", set()),
        ("「押下する」を選ぶ", "ja", set()),
        ("Log in as mori", "en", {("term-not-in-glossary", "Log in", "sign in")}),
        ("Sign in as mori", "en", set()),
        ('Open "log in"', "en", {("house-style", '"log in"', "「log in」")}),
        ("Open 「log in」", "en", set()),
        ("[保存]を押す", "ja", {("house-style", "[保存]", "「保存」")}),
        ("「保存」を押します", "ja", {("house-style", "押します", "〜する")}),
    ],
)
def test_the_teams_words_and_style(action: str, language: Language, wanted: set[tuple[str, str, str]]) -> None:
    found = review(procedure((action, OK[language]), language=language), background=Background.of(GLOSSARY)).findings
    mine = [f for f in found if f.rule in ("term-not-in-glossary", "house-style")]
    assert {(f.rule, f.excerpt) for f in mine} == {entry[:2] for entry in wanted}
    for finding in mine:
        assert any(entry[2] in (finding.suggestion or "") for entry in wanted)


def test_a_team_switches_rules_and_severities() -> None:
    steps = procedure(("Enter some text", "The page loads properly"))
    settings = ReviewSettings(rules={"unspecified-value": "error", "ambiguous-wording": "off"})
    assert [(f.rule, f.severity) for f in review(steps, settings=settings).findings] == [("unspecified-value", "error")]


def test_a_rule_that_does_not_exist_is_named() -> None:
    with pytest.raises(ValueError, match="there is no rule unverified-acton"):
        ReviewSettings(rules={"unverified-acton": "off"})


@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_message_is_in_the_procedures_language(language: Language) -> None:
    from testgen.text.language import is_written_in

    action = {"en": "Enter some text", "ja": "任意の文字列を入力する"}[language]
    [finding] = review(procedure((action, OK[language]), language=language)).findings
    assert is_written_in(finding.message, language)
    assert is_written_in(finding.suggestion or "", language)


def test_a_team_may_allow_several_actions_a_step() -> None:
    steps = procedure(('Enter the name and click "Save"', "It is saved"))
    free = Glossary.parse({"style": {"granularity": "free"}})
    assert "eager-action" in {finding.rule for finding in review(steps).findings}
    assert "eager-action" not in {finding.rule for finding in review(steps, background=Background.of(free)).findings}


def test_who_does_not_review_japanese_pays_for_no_dictionary() -> None:
    import subprocess
    import sys

    code = "import sys, testgen, testgen.reviewer, testgen.cli; print('sudachipy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


# What trial procedures were wrongly told (nineteen times), and what is still missing although half of it stands there.
SIDE_BY_SIDE: list[tuple[Language, str, str, bool]] = [
    ("en", "The order is created", "The order is created. No mail is sent", True),
    ("en", "no mail is sent", "The order is created, and no mail is sent", True),
    ("en", "focus is on \"Cancel\" when the dialog opens", "Focus is on \"Cancel\" when the dialog opens. Pressing Tab never moves focus outside", True),
    ("en", "The account is locked", "The account is locked. The password is unchanged", True),
    ("en", "The dose is kept and no alarm sounds", "No alarm sounds. The dose is kept", True),
    ("en", "the exit code is 8", "The table holds no row; the exit code is 8", True),
    ("en", "The order is created", "No order is created, but a mail is sent", False),
    ("en", "No mail is sent", "A mail is sent. No order is created", False),
    ("en", "The order is created. No mail is sent", "The order is created. A mail is sent", False),
    ("ja", "403エラー画面が表示される", "403エラー画面が表示される。ユーザー一覧は表示されない", True),
    ("ja", "ユーザー一覧は表示されない", "403エラー画面が表示され、ユーザー一覧は表示されない", True),
    ("ja", "口座がロックされる", "残高は変わらない。口座がロックされる", True),
    ("ja", "E-101 のメッセージが表示される", "E-101 のメッセージが表示される。いずれの場合も社員は登録されない", True),
    ("ja", "終了コード 8 で終了し、データは登録されない", "データは登録されない。終了コード 8 で終了する", True),
    ("ja", "必ず確認メールが届く", "確認メールが届く", True),
    ("ja", "403エラー画面が表示される", "403エラー画面は表示されず、ユーザー一覧が表示される", False),
    ("ja", "ユーザー一覧は表示されない", "ユーザー一覧が表示される。403エラー画面は表示されない", False),
    ("ja", "注文が登録される。メールは届かない", "注文が登録される。メールが届く", False),
]  # fmt: skip


@pytest.mark.parametrize(("language", "wanted", "seen", "covered"), SIDE_BY_SIDE)
def test_what_one_sentence_denies_is_not_held_against_another(
    language: Language, wanted: str, seen: str, covered: bool
) -> None:
    case = TestCase(id="T", title="T", expected_results=(wanted,), language=language)
    action = {"en": 'Click "Save"', "ja": "「保存」を押す"}[language]
    found = {finding.rule for finding in review(procedure((action, seen), language=language), case).findings}
    assert ("expected-result-not-covered" not in found) is covered


@pytest.mark.parametrize(
    ("rule", "language", "action", "expected", "found"),
    [
        # sheets leave out する
        ("eager-action", "ja", "検索タブ押下→薬品名に「A」入力→検索ボタン押下", "候補が出る", True),
        ("eager-action", "ja", "警告画面で「修正」、指針の再入力", "使用量が出る", True),
        ("eager-action", "ja", "用量を入力し「確定」", "登録される", True),
        ("eager-action", "ja", "検索ボタン押下", "候補が出る", False),
        ("eager-action", "ja", "数値「123」設定、OKキー", "123 点灯", True),
        ("misplaced-verification", "ja", "取込結果確認", "エラー 0件", False),
        ("eager-action", "ja", "氏名、住所を入力", "表示される", False),
        ("eager-action", "ja", "「A」、「B」を選択", "表示される", False),
        ("eager-action", "ja", "ログアウト、再起動を確認する", "再起動する", False),
        ("misplaced-verification", "ja", "「確定」をクリックし、印が付くことを確認", "", True),
        ("misplaced-precondition", "ja", "開局の処理を済ませておく", "", True),
        # Han alone is Japanese where a dictionary knows the words, in characters that Japanese has
        ("mixed-language", "ja", "領収書釦押下", "残額 1,520円", False),
        ("mixed-language", "ja", "ACC ON", "起動ロゴ→地図画面", False),
        ("mixed-language", "ja", "保存を押す", "点击登录按钮", True),
        ("mixed-language", "ja", "保存を押す", "Turn it on", True),
        # behind the first sentence of a result somebody has something to do, and no product
        ("misplaced-action", "ja", "「貸出」を押す", "票が印刷される。票を切り取って資料にはさむ", True),
        ("misplaced-action", "ja", "「貸出」を押す", "票が印刷される。返却日を表示する", False),
        ("misplaced-action", "en", 'Untick "Frame"', "Tick removed from box", False),
        ("misplaced-action", "en", 'Click "Lock"', "Lock channels icon raises", False),
        ("misplaced-action", "en", 'Click "Lock"', "It opens. Select the next row", True),
        # examples, gestures, purposes
        (
            "eager-action",
            "en",
            "Complete the element, e.g., select the button, type information into the box.",
            "It is shown",
            False,
        ),
        (
            "eager-action",
            "en",
            "Point your mouse to the panel and press the right mouse button",
            "A menu appears",
            False,
        ),
        ("eager-action", "en", "Reset both channels to default and press the padlock icon", "It is locked", True),
        (
            "unspecified-value",
            "en",
            "Select Continue when asked if you want to write the changes",
            "It is shown",
            False,
        ),
        ("unspecified-value", "en", "Select one bookmark", "It is selected", True),
        ("misplaced-verification", "en", "Select Yes to the notice", "It is shown", False),
        (
            "misplaced-verification",
            "en",
            "Determine whether the order is right. If necessary, toggle the view.",
            "It is right",
            False,
        ),
        ("misplaced-precondition", "en", "Ensure the program is still loaded", "", True),
        # classes of words
        ("ambiguous-wording", "en", "Open the page", "The picture is grainy", True),
        ("ambiguous-wording", "en", "Open the page", "The text is recognizable", True),
        ("ambiguous-wording", "en", "Open the page", "The button is clickable", False),
        ("ambiguous-wording", "en", "Open the page", "The list is available", False),
        ("ambiguous-wording", "en", "Open the page", "It scrolls without any judder", True),
        ("ambiguous-wording", "en", "Open the page", "The sound does not stutter", True),
        ("ambiguous-wording", "en", "Open the page", "The value is consistent with 4 GB", False),
        ("tacit-knowledge", "en", "Close the account by the established procedure", "It is closed", True),
        ("tacit-knowledge", "en", "Close the account in the customary manner", "It is closed", True),
        # "Press Enter" through a wizard
        ("duplicate-step", "en", "Press Enter", "", False),
    ],
)
def test_steps_as_they_stand_in_sheets_and_exports(
    rule: str, language: Language, action: str, expected: str, found: bool
) -> None:
    first = ("一覧を開く", "一覧が表示される") if language == "ja" else ("Close the list", "It closes")
    before = [] if rule == "misplaced-precondition" else [first]
    made = procedure(*before, (action, expected), (action, expected), language=language)
    rules = {
        finding.rule
        for finding in review(made).findings
        if finding.step == len(before) + 1 + (rule == "duplicate-step")
    }
    assert (rule in rules) is found


@pytest.mark.parametrize(
    ("language", "data", "found"),
    [
        ("ja", "適宜", True),
        ("ja", "任意の社員3名", True),
        ("ja", "適当な値でOK", True),
        ("ja", "社員 A-1", False),
        ("ja", "長い坂道の写真", False),
        ("ja", "普通の口座", False),
        ("ja", "長い文字列", True),
        ("ja", "大きなファイル", True),
        ("ja", "普通のユーザー", True),
        ("ja", "有効なパスワード", True),
        ("en", "any", True),
        ("en", "a valid password", True),
        ("en", "as appropriate", True),
        ("en", "Any Corp.", False),
        ("en", "anything@example.com", False),
    ],
)
def test_test_data_that_are_no_data(language: Language, data: str, found: bool) -> None:
    step = ("Type into 'Name'", data, "It is shown") if language == "en" else ("氏名を入力する", data, "表示される")
    fields = [
        finding.field
        for finding in review(procedure(step, language=language)).findings
        if finding.rule == "unspecified-value"
    ]
    assert fields == ["/steps/0/test_data"] * found


@pytest.mark.parametrize(
    "action",
    ["Press OK", "Press ok.", "PRESS OKAY", "Click Ok and close the window", "Dismiss OK", "Focus Ok", "Dana taps OK"],
)
def test_the_name_of_a_button_is_no_judgement(action: str) -> None:
    found = review(procedure((action, "The status shows OK"), language="en")).findings
    assert "ambiguous-wording" not in {finding.rule for finding in found}


@pytest.mark.parametrize(
    ("action", "excerpt"), [("Use long enough time", "long enough time"), ("The lid closes ok", "closes ok")]
)
def test_a_judgement_is_one_whatever_stands_behind_it(action: str, excerpt: str) -> None:
    found = review(procedure((action, OK["en"]), language="en")).findings
    assert excerpt in {finding.excerpt for finding in found if finding.rule == "ambiguous-wording"}


def test_what_stands_behind_a_remark_counts_as_actions_all_the_same() -> None:
    told = "Open the app. This test requires a network. Click Save, then click Send and close the window."
    found = review(procedure((told, "The window closes"), language="en")).findings
    assert "eager-action" in {finding.rule for finding in found}


@pytest.mark.parametrize(
    ("case", "several"),
    [
        ("エラーが出た場合は「再試行」を押し、「送信」を押し、「終了」を押す", True),
        ("エラーが出た場合は「再試行」を押す", False),
    ],
)
def test_a_case_of_its_own_is_one_action_and_what_it_adds_counts(case: str, several: bool) -> None:
    found = review(procedure((f"電源を入れる。{case}", "ランプが点灯する"), language="ja")).findings
    assert ("eager-action" in {finding.rule for finding in found}) is several


@pytest.mark.parametrize(
    ("action", "several"),
    [
        # bench/review/CODEBOOK.md: Enter confirms the choice, an entry belongs to the right click before it.
        ("Use arrow keys to select language and press Enter", False),
        ("Use the up and down keys to choose Primary, then hit Return", False),
        ("Use Tab to go to Yes and press Enter", False),
        ("In Home Folder right click on a blank section and select 'New Folder'", False),
        ("From the panel right-click the clock and choose Preferences", False),
        ("On the desktop right-click the file and choose Properties", False),
        ("Use arrow keys to select language and click Next", True),
        ("Use the arrow keys to select German, then type abc and press Enter", True),
        ("Use the wizard to install the package and press Enter", True),
        ("In Home Folder open the file and select 'New Folder'", True),
        ("In the list to the right click the row and select 'New Folder'", True),
        ("In the editor right click a word and press the OK button", True),
        ("In the panel close the file then right click the clock and select 'New'", True),
    ],
)
def test_a_choice_with_keys_and_a_right_click_in_a_place_are_one_gesture(action: str, several: bool) -> None:
    found = review(procedure((action, OK["en"]), language="en")).findings
    assert ("eager-action" in {finding.rule for finding in found}) is several


@pytest.mark.parametrize(("action", "found"), [("Edit the following options", True), ("Edit the option Colour", False)])
def test_data_that_the_action_announces_are_no_result(action: str, found: bool) -> None:
    assert ("misplaced-action" in rules_of(action, "en", "Colour: red")) is found


# Steps with results that a careful tester would sign.
GOOD = [
    # a clause of time needs no comma
    ("While holding Shift click row 4", "Rows 1 to 4 are highlighted"),
    ('After logging in as kim01 open "Orders"', "12 orders are listed"),
    ("While crouching fire the bow at target 3", "Target 3 falls over"),
    ("When dialling is over hang up", "The fee shown is 0.09"),
    ("While the pump runs set the rate to 20 ml/h", "The display changes to 20 ml/h without a stop"),
    # a slash in a path or in a name
    ("Open /api/lock/status in the browser", 'The page shows {"locked": false}'),
    ("Send GET /settings/lock/state", 'The response is 200 with "locked"'),
    ("Hold the lock/unlock button of the key for 3 s", "All four windows close"),
    ('Enable/disable switch: set it to "off"', "The switch turns grey"),
    ("Hide/show icon: tap it once", "The icon is gone"),
    # the end is told
    ("Raise or lower the desk to 72 cm", "The display shows 72"),
    ("Increase or decrease the volume until the display shows 14", "The bar has 14 segments"),
    # names with a verb in them
    ("Tap Change seat", "The seat map opens"),
    ("Go to Change history", "The log has 3 rows"),
    ("Tap Edit profile", 'The cursor blinks in "Display name"'),
    ("Press Select all", "25 of 25 rows are ticked"),
    ("Change document type OR to ZOR in the header", 'Field "PO number" becomes mandatory'),
    # a value says which
    ("Publish your own post 12", 'Post 12 has the badge "Public"'),
    ('Order a blood count for P-101 with priority "Stat"', "The lab's list shows P-101 in red at the top"),
    ("Book a taxi from Main St 1 to the airport for 07:15", 'The driver\'s name and "07:15" are shown'),
    ("Send a HEAD request to /health", "200, no body"),
    ("Fire a torpedo at square C7", "C7 turns red"),
    ("Cast a fireball at the ice wall", "The wall melts and leaves a puddle"),
    ("After the third wrong PIN insert the card again", 'The screen says "Card blocked"'),
    # a dash makes no command of a sentence
    ('Press "+" twice', "the counter -set at 3- stays at 3"),
    ('Open "report.txt"', "the file opens read -only"),
    ('Press "Stop"', "it stops -after 2 s- with a beep"),
]


@pytest.mark.parametrize(("action", "expected"), GOOD, ids=[action for action, _ in GOOD])
def test_a_good_step_is_left_alone(action: str, expected: str) -> None:
    made = procedure(('Open the page "Home"', OK["en"]), (action, expected), language="en")
    assert [(finding.rule, finding.excerpt) for finding in review(made).findings if finding.step == 2] == []


@pytest.mark.parametrize(
    ("rule", "action"),
    [
        ("low-information", "After clicking the save button"),
        ("low-information", "While holding Shift"),
        ("unspecified-value", "Tick/untick the box"),
        ("unspecified-value", "Enable/disable the alarm"),
        ("unspecified-value", "Raise or lower the desk by 5 cm"),
        ("unspecified-value", "Use your own account name"),
        ("unspecified-value", "Order a product for customer 12"),
        ("unspecified-value", "Book a taxi"),
        ("unspecified-value", "Enter a wrong PIN"),
        ("missing-test-data", "Then Change the seat"),
    ],
)
def test_what_looks_like_a_good_step_is_none(rule: str, action: str) -> None:
    assert rule in rules_of(action, "en")
