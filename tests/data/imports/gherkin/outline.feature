Feature: Fees
  Scenario Outline: Fee for <kind>
    When I send a <kind>
    Then the fee is <fee>

    Examples:
      | kind   | fee |
      | letter | 1   |
      | parcel | 5   |
