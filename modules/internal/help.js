// SPDX-License-Identifier: MIT
//
// The text of `lode --help`.
'use strict';

exports.text = () => `Usage: lode [options] [ script.js ] [arguments]
       lode [options] -e SOURCE [arguments]
       lode [options] -            read the program from standard input

Options:
  -e, --eval SOURCE               run SOURCE
  -p, --print SOURCE              run SOURCE and print its value
  -c, --check                     only check the syntax of the script
  -r, --require MODULE            load MODULE before the program (repeatable)
  -C, --conditions NAME           an extra condition for package exports and imports
      --env-file FILE             set environment variables from FILE
      --env-file-if-exists FILE   the same, without an error when FILE is missing
      --expose-gc                 make the function gc() available
      --no-warnings               print no process warnings
      --no-deprecation            print no deprecation warnings
      --preserve-symlinks         resolve modules by their path, not by their real path
      --preserve-symlinks-main    the same for the main script
      --stack-trace-limit N       frames that an error records (10)
      --throw-deprecation         throw deprecations as errors
      --title TEXT                the title of the process
      --trace-deprecation         print the stacks of deprecations
      --trace-uncaught            print where an uncaught value was thrown
      --trace-warnings            print the stacks of process warnings
      --unhandled-rejections MODE throw (default), strict, warn, none, warn-with-error-code
      --watch-loop[=MS]           report turns of the event loop that block for MS milliseconds (50)
  -v, --version                   print the version of Node.js that lode implements
  -h, --help                      print this text
      --                          end of options

Environment:
  NODE_OPTIONS                    more options, separated by spaces
  NODE_PATH                       extra folders for require(), separated by colons
  LODE_LIB                        read lode's own JavaScript from this source tree
`;
