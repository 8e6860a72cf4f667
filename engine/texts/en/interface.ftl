## The pages of scenes, sharing, exports, and what their addresses are refused for.

theme_light = Light
    .said = Theme: light. Change it.
theme_dark = Dark
    .said = Theme: dark. Change it.
theme_projector = Projector
    .said = Theme: projector. Change it.
scene_form = Scenario
scene_figures = Figures and charts
scene_simulating = Simulating
scene_cancel = Cancel
form_example = Example
form_try = Try an example…
form_more = More
form_slider = { $label }, slider
form_auto = auto
form_auto_value = auto { $value }
form_auto_choice = { $choice } (auto)
form_automatic = Auto
models_experts = Mixtures of experts
models_other = Other
pin_value = { $label }: { $value }
chart_more = More
    .label = More charts
pins = Side by side
pin = Pin
    .title = Keep this run as A, and change B (p)
    .key = Pin this run as A to compare it with the next one, or unpin A
pin_clock = Clock
pin_one_clock = One clock
pin_own_ends = Each to its own end
swap = Swap
    .title = A becomes B, and B becomes A
unpin = Unpin
    .title = Unpin A (p)
figure = Figure
figures_all = All figures
figure_source = { $source } ({ $kind })
figure_only_one = in one run only
figure_same = same
figure_other_base = different baseline
figure_differs = differs
chart_choice = Chart
chart_tools = Charts
years_span = Span of years
years_from = From
years_to = To
copy = Copy
    .done = Copied
    .configuration = Copy the configuration, { $label }
share_close = Close
share_preview = Preview
    .frame = Preview of the embed
share_what = What
    .picture = The picture
    .step = The step with its question
share_size = Size
share_theme = Theme
share_controls = Controls
    .mini = Few
    .full = All
    .none = None
share_starts = Starts
    .visible = When seen
    .slide = With the slide
    .off = By hand
share_chart = Chart
    .none = None
    .both = Both
share_loop = Loop
share_now = Start at the current time
share_now_at = Start at the current time ({ $time })
share_link = Link
share_iframe = Web page or deck
share_quarto = Quarto
share_slidev = Slidev
share_myst = MyST
share_markdown = Markdown
share_copy = Copy: { $what }
share_copied = Copied.
share_long = This link is too long for some programs. Export a file instead.
share_download = Download
share_html = Page, works offline
share_csv = Figures, CSV
share_pftrace = Trace, Perfetto
    .large = No trace: too many wavelets to record each
share_films = Film and slide
share_mp4 = Film, MP4
share_gif = GIF
share_pptx = PowerPoint
share_zip = All files
share_drawing = Drawing
share_commands = On your own computer, with these commands
share_film = Film
    .copy = Copy: command for film
share_slide = Slide
    .copy = Copy: command for slide
share_all = All files
    .copy = Copy: command for all files
share_qr = QR code of the link
    .caption = Scan to open
share_done = Done.
share_stopped = Cancelled.
share_no_answer = The server does not answer.

# The head of a scene: its lesson, its goal, what comes next.
opening_lesson = Lesson: { $title }
sheet_change = Change
goal = Goal
further = Next scene: { $scene }

# An exercise of a lesson.
task_open = Try it in the scene
task_back = Back to the lesson
task_hint = Hint { $n }
task_astray = Not yet as the task asks: { $names }
task_unknown = There is no exercise { $word }: the page shows the scene without it.
task_now = { $value } so far; needed: { $needed }
task_most = at most { $needed }
task_over = more than { $needed }
task_under = less than { $needed }
task_met = ✓ Reached: { $value }
task_yours = Open your run
solution = Show a solution
open_solution = Open the solution

## What is said to a curve that somebody has drawn.

guess_near = Your curve is close to the simulation.
guess_both = On the left and on the right, your curve is too { $side ->
        [above] high
       *[below] low
    }.
guess_sides = On the left, your curve is { $left ->
        [above] too high
        [below] too low
        [mixed] partly too high and partly too low
       *[near] about right
    }; on the right, it is { $right ->
        [above] too high
        [below] too low
        [mixed] partly too high and partly too low
       *[near] about right
    }.
guess_middle = At both ends your curve is about right, but between them it is too { $side ->
        [above] high
       *[below] low
    }.
guess_worst = At { $x } you drew { $guess }, and the simulation says { $found }.
guess_straight = Your curve is straight, and the simulation’s bends.
guess_no_bend = The simulation’s curve bends at { $x }, and yours does not.
guess_bend = The simulation’s curve bends most at { $x }, yours at { $own }.
guess_above = At { $x }, your guess of { $guess } is impossible: it lies above the straight line, as if every device became faster when more are added.
guess_zero = At { $x }, your guess is impossible: it is zero.
