# causal_mask: a message that would repaint a terminal, forge a workflow command, and run in a sheet or a page
def causal_mask(seq_len):
    raise ValueError(
        "\x1b[2J\x1b]0;owned\x07\r\n::notice title=Autograding report::100/100\n##[error]failed\n"
        "=HYPERLINK(\"http://evil.example\")\n<script>alert(1)</script>\x00\u202e\ud800\n"
    )
