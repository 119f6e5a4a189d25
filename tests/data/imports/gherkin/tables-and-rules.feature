Feature: Import
  Rule: Only CSV
    Scenario: Two files
      When I upload
        | name  | size |
        | a.csv | 1    |
      Then the text is
        """
        done
        """
      When I close it
      Then the start page is shown
