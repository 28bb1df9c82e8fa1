"""What a shell runs to complete ``render.py`` on Tab, called as ``./render.py`` or as ``python render.py``.

Each script hands the words so far to ``render.py``, with the variable that tells click to complete them.
"""

from __future__ import annotations

# Bash begins a new word at "@" (host names are completed after it), so the line is split at blanks here, and of an
# answer only what begins with the last "@" is given back.
BASH = """\
_render_py_complete() {
    local line=${COMP_LINE:0:$COMP_POINT} words answer kept
    read -r -a words <<< "$line"
    [[ $line == *[[:space:]] ]] && words+=("")
    local -a call=("${words[0]}")
    if [[ ${words[0]##*/} == python* ]]; then
        [[ ${words[1]##*/} == render.py ]] || return 0
        call=("${words[0]}" "${words[1]}")
        words=("${words[@]:1}")
    fi
    (( ${#words[@]} > 1 )) || return 0
    local begun=${words[${#words[@]}-1]}
    [[ $COMP_WORDBREAKS == *@* && $begun == *@* ]] && kept=${begun%@*}
    while IFS=, read -r type answer; do
        case $type in
            plain) COMPREPLY+=("${answer#"$kept"}") ;;
            file) compopt -o default ;;
            dir) compopt -o dirnames ;;
        esac
    done < <(COMP_WORDS="${words[*]}" COMP_CWORD=$(( ${#words[@]} - 1 )) \\
        _RENDER_PY_COMPLETE=bash_complete "${call[@]}" 2>/dev/null)
}
complete -o nosort -F _render_py_complete render.py
complete -o bashdefault -o default -F _render_py_complete python python3
"""

ZSH = """\
_render_py_complete() {
    local -a call given found response
    given=("${words[@]}")
    local at=$CURRENT
    call=("${(Q)words[1]}")
    if [[ ${words[1]:t} == python* ]]; then
        [[ ${words[2]:t} == render.py ]] || { _default; return }
        call=("${(Q)words[1]}" "${(Q)words[2]}")
        given=("${words[@]:1}")
        at=$(( CURRENT - 1 ))
    fi
    (( at > 1 )) || { _default; return }
    response=("${(@f)$(COMP_WORDS="${given[*]}" COMP_CWORD=$(( at - 1 )) \\
        _RENDER_PY_COMPLETE=bash_complete "${call[@]}" 2>/dev/null)}")
    for answer in $response; do
        case $answer in
            plain,*) found+=("${answer#plain,}") ;;
            file,*) _files ;;
            dir,*) _files -/ ;;
        esac
    done
    compadd -U -V unsorted -a found
}
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
compdef _render_py_complete render.py -P '*/render.py' python python3 -P '*/python' -P '*/python3'
"""

FISH = """\
function _render_py_complete
    set -l given (commandline -opc)
    set -l call $given[1]
    if string match -qr 'python[0-9.]*$' -- $given[1]
        set call $given[1] $given[2]
        set given $given[2..-1]
    end
    set -l begun (commandline -ct)
    set -l at (count $given)
    for answer in (env COMP_WORDS="$given $begun" COMP_CWORD=$at _RENDER_PY_COMPLETE=bash_complete $call 2>/dev/null)
        switch $answer
            case 'plain,*'
                string sub -s 7 -- $answer
            case 'file,*' 'dir,*'
                __fish_complete_path $begun
        end
    end
end
function _render_py_is_called
    set -l given (commandline -opc)
    string match -qr '(^|/)render\\.py$' -- $given[1] $given[2]
end
complete --no-files --command render.py --arguments "(_render_py_complete)"
for each in python python3
    complete --no-files --command $each --condition _render_py_is_called --arguments "(_render_py_complete)"
end
"""

SCRIPTS = {"bash": BASH, "zsh": ZSH, "fish": FISH}
